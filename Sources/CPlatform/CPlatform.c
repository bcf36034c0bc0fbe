#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

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

// Above the standard descriptors, so that a child's may be put in their place in any order.
static int above_standard(int descriptor) {
    if (descriptor < 0 || descriptor > STDERR_FILENO) return descriptor;
    int other = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int code = errno;
    close(descriptor);
    errno = code;
    return other;
}

int cplatform_memory_file(const void *bytes, size_t count) {
    int file = above_standard(memfd_create("newswatch", MFD_CLOEXEC));
    if (file < 0) return -errno;
    size_t written = 0;
    while (written < count) {
        ssize_t step = write(file, (const char *)bytes + written, count - written);
        if (step < 0 && errno == EINTR) continue;
        if (step < 0) {
            int code = errno;
            close(file);
            return -code;
        }
        written += (size_t)step;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

int cplatform_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    *reading = above_standard(ends[0]);
    *writing = above_standard(ends[1]);
    if (*reading >= 0 && *writing >= 0 && fcntl(*reading, F_SETFL, O_NONBLOCK) == 0) return 0;
    int code = errno;
    if (*reading >= 0) close(*reading);
    if (*writing >= 0) close(*writing);
    return -code;
}

int cplatform_spawn(const char *path, char *const *arguments, char *const *environment, int input, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    pid_t process = 0;
    sigfillset(&all);
    sigemptyset(&none);
    int code = posix_spawn_file_actions_init(&actions);
    if (code) return -code;
    code = posix_spawnattr_init(&attributes);
    if (code) {
        posix_spawn_file_actions_destroy(&actions);
        return -code;
    }
    code = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (!code) code = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!code) code = posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    if (!code) code = posix_spawn_file_actions_addchdir_np(&actions, "/");
    if (!code) code = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!code) code = posix_spawnattr_setsigmask(&attributes, &none);
    if (!code) code = posix_spawnattr_setpgroup(&attributes, 0);
    if (!code)
        code = posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!code) code = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code ? -code : process;
}

int cplatform_process_descriptor(int process) {
    int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
    return descriptor < 0 ? -errno : descriptor;
}

int cplatform_reap(int process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return -errno;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}
