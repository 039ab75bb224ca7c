# SPDX-License-Identifier: Apache-2.0
# The thrashing knee; see tools/draw_plots.py.
#   gnuplot -e "csv='thrashing.csv'; svg='docs/plots/thrashing.svg'" docs/plots/thrashing.gp
set terminal svg size 900,440 font "sans,13" background "white"
set output svg
set datafile separator ","
set key autotitle columnhead
set border 11 lc rgb "#666666"
set tics nomirror tc rgb "#333333"
set grid lc rgb "#e4e4e4"
set title "Four processes, each at work in a quarter of its 1 MiB: work done over memory size" font "sans,15"
set xlabel "memory for their pages, MiB"
set ylabel "accesses per microsecond" tc rgb "#1f5fa8"
set y2label "share of time, %" tc rgb "#333333"
set y2tics
set yrange [0:*]
set y2range [0:105]
set logscale x
set xrange [0.75:4.5]
set xtics (0.75,1,1.25,1.5,2,2.5,3,4)
set bmargin 5.5
set key outside bottom center horizontal Left reverse samplen 2 width -2
set arrow from 1,graph 0 to 1,graph 1 nohead dt 2 lc rgb "#999999"
set label "their working sets" at 1,graph 0.96 left offset 0.7,0 tc rgb "#777777"
set arrow from 4,graph 0 to 4,graph 1 nohead dt 2 lc rgb "#999999"
set label "all their pages" at 4,graph 0.5 right offset -0.7,0 tc rgb "#777777"
plot csv using "mib":"work" with linespoints pt 7 ps 0.5 lw 2.5 lc rgb "#1f5fa8" title "useful work", \
     csv using "mib":"idle" axes x1y2 with lines lw 2 lc rgb "#c0392b" title "waiting for the disk", \
     csv using "mib":"kernel" axes x1y2 with lines lw 2 lc rgb "#f0b23e" title "in the kernel"
