#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <iconv.h>
#include <sys/timex.h>

void *csystem_iconv_open(const char *to, const char *from) {
    iconv_t handle = iconv_open(to, from);
    return handle == (iconv_t)-1 ? NULL : (void *)handle;
}

int csystem_iconv(void *handle, const uint8_t *in, size_t in_length, size_t *in_used,
                  uint8_t *out, size_t out_capacity, size_t *out_used) {
    char *source = (char *)in;
    char *target = (char *)out;
    size_t in_left = in_length;
    size_t out_left = out_capacity;
    size_t result = iconv((iconv_t)handle, &source, &in_left, &target, &out_left);
    int code = result == (size_t)-1 ? errno : 0;
    *in_used = in_length - in_left;
    *out_used = out_capacity - out_left;
    return code;
}

void csystem_iconv_flush(void *handle, uint8_t *out, size_t out_capacity, size_t *out_used) {
    char *target = (char *)out;
    size_t out_left = out_capacity;
    iconv((iconv_t)handle, NULL, NULL, &target, &out_left);
    *out_used = out_capacity - out_left;
}

void csystem_iconv_close(void *handle) {
    iconv_close((iconv_t)handle);
}

int csystem_clock_is_synchronised(void) {
    struct timex state = {0};
    if (adjtimex(&state) < 0) return -1;
    return (state.status & STA_UNSYNC) == 0;
}
