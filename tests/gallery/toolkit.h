/* Pages of the toolkit alone, with what no screen may use yet: charts, tables, tabs, calendars, dialogs. */
#ifndef GALLERY_TOOLKIT_H
#define GALLERY_TOOLKIT_H

#include "gallery/variant.h"
#include "kiosk/ui/tree.h"

typedef struct ToolkitPage {
    const char *name;
    void (*build)(Tree *tree, const Variant *variant);
} ToolkitPage;

extern const ToolkitPage toolkit_pages[];
extern const size_t toolkit_page_count;

#endif
