# SPDX-License-Identifier: Apache-2.0
# Page states over time, from a timeline; see tools/draw_plots.py.
#   gnuplot -e "csv='run.csv'; svg='docs/plots/page_states.svg'" docs/plots/page_states.gp
set terminal svg size 900,520 font "sans,13" background "white"
set output svg
set datafile separator ","
set multiplot
set border 3 lc rgb "#666666"
set tics nomirror tc rgb "#333333"
set grid y lc rgb "#e4e4e4"
set style fill solid 1 noborder
set lmargin at screen 0.09
set rmargin at screen 0.82
set xrange [0:*]
set key at screen 0.835,screen 0.90 left top Left reverse samplen 1.4 spacing 1.3
stats csv index "machine" using 1 nooutput
set xrange [0:STATS_max/1000]

set title "The pages of a process and its child: 4 MiB buffer, 4 MiB of memory" font "sans,15"
set tmargin at screen 0.91
set bmargin at screen 0.36
set ylabel "pages"
set format x ""
# Stacked: each curve is filled from zero, the largest sum first.
plot csv index "machine" using (column("time_us")/1000):(column("resident")+column("copy_on_write")+column("swapped")+column("untouched")) \
       with fillsteps fc rgb "#ececec" title "never touched", \
     csv index "machine" using (column("time_us")/1000):(column("resident")+column("copy_on_write")+column("swapped")) \
       with fillsteps fc rgb "#c0392b" title "swapped out", \
     csv index "machine" using (column("time_us")/1000):(column("resident")+column("copy_on_write")) \
       with fillsteps fc rgb "#f0b23e" title "copy-on-write", \
     csv index "machine" using (column("time_us")/1000):"resident" \
       with fillsteps fc rgb "#1f5fa8" title "resident"

unset title
set tmargin at screen 0.31
set bmargin at screen 0.12
set key at screen 0.835,screen 0.31 left top Left reverse samplen 1.4 spacing 1.3
set format x "%g"
set xlabel "modelled time, ms"
set ylabel "frames"
set yrange [0:*]
set ytics 300
# Not the moment at the end, when all are free again.
alive(frames) = column("processes") > 0 ? frames : NaN
plot csv index "machine" using (column("time_us")/1000):(alive(column("frames_free"))) with steps lw 2 lc rgb "#2e8b57" title "free", \
     csv index "machine" using (column("time_us")/1000):(column("frames_writing")+column("frames_reading")) with steps lw 1.5 lc rgb "#8e44ad" title "in transfer"
unset multiplot
