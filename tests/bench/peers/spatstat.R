# Reads n points (x, then y, doubles) of a square of the given side, and prints the median seconds of density.ppp on 512 x 512
# pixels, the sum of its pixels and their maximum: gaussian, no edge correction.
suppressPackageStartupMessages({library(spatstat.geom); library(spatstat.explore)})
args <- commandArgs(trailingOnly = TRUE)
side <- as.numeric(args[2])
sigma <- as.numeric(args[3])
file <- args[1]
n <- file.info(file)$size / 16
values <- readBin(file, 'double', 2 * n)
points <- ppp(values[1:n], values[(n + 1):(2 * n)], c(0, side), c(0, side), check = FALSE)
taken <- numeric(5)
for (i in 1:5) taken[i] <- system.time(result <- density(points, sigma = sigma, edge = FALSE, dimyx = 512))[['elapsed']]
cat('seconds', median(taken), '\n')
cat('sum', sprintf('%.12g', sum(result$v)), '\n')
cat('max', sprintf('%.12g', max(result$v)), '\n')
