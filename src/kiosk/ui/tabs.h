/* Tabs: which of a few pages of one screen is shown. */
#ifndef KIOSK_UI_TABS_H
#define KIOSK_UI_TABS_H

#include "kiosk/ui/tree.h"

typedef struct Tab {
    const char *id;
    const char *label; /* translated */
} Tab;

typedef struct Tabs {
    const char *id;
    const Tab *tabs;
    size_t count;
    size_t chosen;
    bool stacked;     /* below each other: large text, narrow glass */
    unsigned columns; /* else so many beside each other, in lines; 0: all in one */
    uint16_t act;     /* Send{act, number of the tab} */
} Tabs;

void tabs_build(Tree *tree, const Tabs *tabs);

#endif
