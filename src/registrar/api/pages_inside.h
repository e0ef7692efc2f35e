/* What pages and views share.  Inside api/. */
#ifndef REGISTRAR_API_PAGES_INSIDE_H
#define REGISTRAR_API_PAGES_INSIDE_H

#include <stdatomic.h>

#include "registrar/api/page_template.h"

#define VIEWS_MOST 64

typedef struct View {
    char name[40];
    PageTemplate template;
} View;

struct Pages {
    atomic_uint owners;
    PageTexts texts;
    PageTemplate templates[PAGE_COUNT];
    ViewAssets assets;
    size_t view_count;
    View views[VIEWS_MOST];
};

bool views_load(const char *folder, Rgb brand, Pages *pages, Error *err) MUST_USE;
void views_fini(Pages *pages);
void page_write_escaped(Buf *buf, Str s);

#endif
