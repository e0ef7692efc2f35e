/* A disk that needs longer: made durable is what was written SLOW_DISK_MS later (30 unless given), as on spinning disks
 * or a busy array.  For LD_PRELOAD. */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int fdatasync(int file);
int fsync(int file);

static void wait_for_the_disk(void)
{
    const char *told = getenv("SLOW_DISK_MS");
    long ms = told ? strtol(told, NULL, 10) : 30;

    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

int fdatasync(int file)
{
    int (*really)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");

    wait_for_the_disk();
    return really(file);
}

int fsync(int file)
{
    int (*really)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

    wait_for_the_disk();
    return really(file);
}
