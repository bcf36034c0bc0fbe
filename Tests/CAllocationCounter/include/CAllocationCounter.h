// Counts heap allocations of each thread by standing in front of the C library's own functions. For tests only: it
// counts for the whole program that it is linked into.
#ifndef NEWSWATCH_CALLOCATIONCOUNTER_H
#define NEWSWATCH_CALLOCATIONCOUNTER_H

// Allocations and reallocations of the calling thread since it began.
unsigned long callocation_count(void);

#endif
