# SPDX-License-Identifier: Apache-2.0
# Faults over frames for each policy, and OPT below them; see tools/draw_plots.py.
#   gnuplot -e "csv='policies.csv'; svg='docs/plots/policies.svg'" docs/plots/policies.gp
set terminal svg size 900,480 font "sans,13" background "white"
set output svg
set datafile separator ","
set border 3 lc rgb "#666666"
set tics nomirror tc rgb "#333333"
set grid lc rgb "#e4e4e4"
set title "Page faults of 100,000 accesses of ls over the frames for its pages" font "sans,15"
set xlabel "frames for its pages"
set ylabel "page faults"
set logscale xy
set xrange [low:high]
set yrange [95:1200]
set ytics (100,150,200,300,400,600,800,1000)
set xtics (16,24,32,48,64,80,96,112)
set key top right Left reverse samplen 2 spacing 1.15
names = "random fifo nru ageing clock wsclock two_queue mglru exact_lru"
colors = "#bbbbbb #e08e45 #7f4f24 #8e44ad #1f5fa8 #17a2b8 #2e8b57 #d35fa0 #333333"
set style line 1 lw 2
plot for [i=1:words(names)] csv using "frames":(column(word(names,i))) \
       with linespoints pt 7 ps 0.35 lw 1.8 lc rgb word(colors,i) title word(names,i) noenhanced, \
     csv using "frames":"opt" with linespoints pt 5 ps 0.5 lw 3.5 lc rgb "#c0392b" title "OPT"
