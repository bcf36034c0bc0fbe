#pragma once
#include <stddef.h>
#include <stdint.h>

// libFuzzer as a library (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library"): SwiftPM gives every
// executable a main of its own.
typedef int (*cfuzzer_target)(const uint8_t *bytes, size_t count);

int LLVMFuzzerRunDriver(int *argc, char ***argv, cfuzzer_target target);

// Runs libFuzzer with the program's arguments; the result is the exit code.
static inline int cfuzzer_run(int argc, char **argv, cfuzzer_target target) {
    return LLVMFuzzerRunDriver(&argc, &argv, target);
}
