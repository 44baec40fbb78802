package main

// between is what stands between a figure and its star, as profiles show it: the
// name of a figure, and a sentence or two that stay true.
var between = map[string]string{}
