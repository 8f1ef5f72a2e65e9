# Read a CSV file with the classes of its columns and write the cells again, separated by tabs, for a comparison.
arguments <- commandArgs(trailingOnly = TRUE)
classes <- strsplit(arguments[2], ",")[[1]]
frame <- read.csv(arguments[1], colClasses = classes, na.strings = "", encoding = "UTF-8", check.names = FALSE)
stopifnot(identical(unname(sapply(frame, class)), classes))
cells <- lapply(frame, function(column) {
  text <- switch(class(column),
    numeric = sprintf("%.15g", column),
    logical = tolower(as.character(column)),
    as.character(column)
  )
  ifelse(is.na(column), "", text)
})
writeLines(c(paste(names(frame), collapse = "\t"), do.call(paste, c(unname(cells), sep = "\t"))))
