# SPDX-License-Identifier: Apache-2.0
# Draws what `tlmmu analyze --csv` wrote:
#   tlmmu analyze testbenches/golden/ls.lackey.xz --frames 1,2,4,8,16,24,32,48,64,96,128,192,256 --quiet --csv ls.csv
#   gnuplot -e "csv='ls.csv'; svg='docs/analysis.svg'" docs/analysis.gp
set terminal svg size 900,380 font "sans,12" background "white"
set output svg
set datafile separator ","
set key autotitle columnhead
set grid lc rgb "#dddddd"
set border 3
set tics nomirror
set multiplot layout 1,2

set title "working set of ls"
set xlabel "window, references"
set ylabel "pages"
set logscale x
set format x "10^{%L}"
set key off
plot csv index "working_set" using 1:2 with lines lw 2 lc rgb "#1f5fa8"

set title "faults of ls"
set xlabel "frames"
set ylabel "faults"
unset logscale
set logscale xy
set format x "%g"
set format y "10^{%L}"
set xrange [1:256]
set key top right
plot csv index "lru" using 1:2 with steps lw 2 lc rgb "#1f5fa8" title "LRU", \
     csv index "opt" using 1:2 with linespoints pt 7 ps 0.5 lw 2 lc rgb "#c0392b" title "OPT"
