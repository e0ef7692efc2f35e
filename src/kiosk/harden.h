/* What a visit holds must not reach a disk (DESIGN.md section 7). */
#ifndef KIOSK_HARDEN_H
#define KIOSK_HARDEN_H

#include <stdbool.h>

/* No core files, no debugger, files for this user alone.  First of all. */
void harden_process(void);
/* True when this machine swaps and does not keep this process out of it (systemd: MemorySwapMax=0).  proc and cgroups:
 * "/proc" and "/sys/fs/cgroup". */
bool harden_may_be_swapped(const char *proc, const char *cgroups);

#endif
