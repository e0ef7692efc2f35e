/* One glass for all tests of a program, each of which begins with it fresh and served. */
#ifndef UNIT_KIOSK_APP_SERVED_GLASS_H
#define UNIT_KIOSK_APP_SERVED_GLASS_H

#include "kiosk/app/glass.h"

static Glass the_glass; /* too large for a stack */

static int set_up(void **state)
{
    Error err = { 0 };
    Texts *texts = texts_none(&err);

    glass_open(&the_glass, texts, LANGUAGE_UZ);
    glass_serve(&the_glass);
    *state = texts;
    return texts ? 0 : -1;
}

static int tear_down(void **state)
{
    glass_close(&the_glass);
    texts_close(*state);
    return 0;
}

#endif
