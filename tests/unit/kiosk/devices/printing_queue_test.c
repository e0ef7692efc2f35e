/* printing on a cupsd's queue as kiosks have it. */
#include "kiosk/devices/printing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/devices/printing_kinds.h"

int main(int argc, char **argv)
{
    if (!simulator_has_cupsd()) {
        print_message("skipped: cupsd is not installed (Debian: cups-daemon, cups-client)\n");
        return 0;
    }
    return play_kind(SIMULATOR_QUEUE, argc, argv);
}
