/* printing on straight IPP with Create-Job. */
#include "kiosk/devices/printing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/devices/printing_kinds.h"

int main(int argc, char **argv)
{
    return play_kind(SIMULATOR_DIRECT, argc, argv);
}
