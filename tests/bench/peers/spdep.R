# Times R's spdep for the benchmarks of shared/stats; prints one figure a line as "name value".
# Rscript spdep.R gi FOLDER: localG (Gi*) + p + p.adjust over the places in FOLDER, five times; the median.
# Rscript spdep.R eblocal FOLDER: EBlocal over the places in FOLDER, three times; the median, and how far the rates there are off.
# Rscript spdep.R contiguity SIDE: poly2nb (queen) of SIDE x SIDE square polygons, once.
suppressMessages(library(spdep))
args <- commandArgs(trailingOnly = TRUE)
say <- function(name, value) cat(name, format(value, digits = 15), "\n")
seconds <- function(work) system.time(work(), gcFirst = TRUE)[["elapsed"]]

read <- function(name, what, size) {
  path <- file.path(args[2], name)
  readBin(path, what, n = file.size(path) / size, size = size)
}
readNeighbours <- function() {
  starts <- read("starts", "integer", 4)
  neighbours <- read("neighbours", "integer", 4) + 1L
  n <- length(starts) - 1L
  nb <- unname(split(neighbours, factor(rep(seq_len(n), diff(starts)), levels = seq_len(n))))
  class(nb) <- "nb"
  attr(nb, "region.id") <- as.character(seq_len(n))
  nb
}

if (args[1] == "gi") {
  x <- read("values", "double", 8)
  weights <- nb2listw(include.self(readNeighbours()), style = "B")
  times <- replicate(5, seconds(function() {
    z <<- as.numeric(localG(x, weights))
    adjusted <<- p.adjust(2 * pnorm(-abs(z)), "BH")
  }))
  say("seconds", median(times))
  say("flagged", sum(adjusted <= 0.05))
  say("sum", sum(abs(z)))
} else if (args[1] == "eblocal") {
  cases <- read("cases", "double", 8)
  population <- read("population", "double", 8)
  nb <- readNeighbours()
  say("seconds", median(replicate(3, seconds(function() rates <<- EBlocal(cases, population, nb)))))
  say("apart", max(abs(rates$est - read("rates", "double", 8))))
} else {
  side <- as.integer(args[2])
  box <- sf::st_bbox(c(xmin = 0, ymin = 0, xmax = side, ymax = side))
  polygons <- sf::st_make_grid(sf::st_as_sfc(box), n = c(side, side))
  say("seconds", seconds(function() nb <<- poly2nb(polygons, queen = TRUE)))
  say("links", sum(card(nb)))
}
