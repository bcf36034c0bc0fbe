// Thin C surface over what Swift does not offer of glibc and the compiler. Plain C types only, no logic.
#ifndef NEWSWATCH_CSYSTEM_H
#define NEWSWATCH_CSYSTEM_H

#include <stddef.h>
#include <stdint.h>

// iconv_open(3) as an opaque pointer; NULL when the conversion is not known.
void *csystem_iconv_open(const char *to, const char *from);

// iconv(3). Returns 0 on success, else the errno value (E2BIG, EILSEQ, EINVAL).
// *in_used and *out_used are the bytes consumed and written, also on failure.
int csystem_iconv(void *handle, const uint8_t *in, size_t in_length, size_t *in_used,
                  uint8_t *out, size_t out_capacity, size_t *out_used);

// iconv(3) without input: writes what the conversion holds back and sets it to its start.
void csystem_iconv_flush(void *handle, uint8_t *out, size_t out_capacity, size_t *out_used);

// iconv_close(3).
void csystem_iconv_close(void *handle);

// Whether adjtimex(2) says that the clock follows a time server: 1, 0, or -1 when it cannot be asked.
int csystem_clock_is_synchronised(void);

// A file without a name that holds these bytes, open at its beginning and closed on exec; the negative errno value
// when there is none.
int cplatform_memory_file(const void *bytes, size_t count);

// A pipe, closed on exec, whose reading end does not block. 0, else the negative errno value.
int cplatform_pipe(int *reading, int *writing);

// posix_spawn(3) of the program at a path: leader of a process group of its own, in /, with every signal as usual, with
// these two descriptors as standard input and standard error, nothing as standard output, and no other open.
// arguments and environment end with NULL. The process id, else the negative errno value.
int cplatform_spawn(const char *path, char *const *arguments, char *const *environment, int input, int errors);

// pidfd_open(2), closed on exec: readable once the process has ended. The negative errno value when there is none.
int cplatform_process_descriptor(int process);

// waitpid(2) for a child: its exit code, 256 and more for the signal that ended it, else the negative errno value.
int cplatform_reap(int process);

// Asks for the cache line at an address without waiting for it. Any address is allowed.
static inline void cplatform_prefetch(const void *address) { __builtin_prefetch(address, 1); }

#endif
