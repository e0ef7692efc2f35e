#include "registrar/document/sheet.h"

#include "base/memory.h"

static void item_fini(Item *item)
{
    if (item->layout)
        g_object_unref(item->layout);
    cairo_surface_destroy(item->picture);
    mem_free(item->code);
}

bool sheets_add(Sheets *sheets, Item item, Error *err)
{
    if (sheets->count == sheets->room) {
        size_t room = sheets->room ? 2 * sheets->room : 128;
        Item *items = mem_resize(sheets->items, room, sizeof *items);

        if (!items) {
            item_fini(&item);
            return error_set(err, ERR_MEMORY, "sheets");
        }
        sheets->items = items;
        sheets->room = room;
    }
    sheets->items[sheets->count++] = item;
    return true;
}

void sheets_fini(Sheets *sheets)
{
    for (size_t i = 0; i < sheets->count; i++)
        item_fini(&sheets->items[i]);
    mem_free(sheets->items);
    emblem_free(sheets->emblem);
    *sheets = (Sheets){ 0 };
}

double sheets_width(const Sheets *sheets)
{
    return MM(page_width(sheets->page));
}

double sheets_height(const Sheets *sheets)
{
    return MM(page_height(sheets->page));
}

bool sheets_text_hash(const Sheets *sheets, uint8_t ret[SEAL_HASH_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, 4u << 20);
    for (int page = 0; page < sheets->pages; page++)
        for (size_t i = 0; i < sheets->count; i++)
            if (sheets->items[i].kind == ITEM_TEXT && sheets->items[i].page == page)
                buf_add_text(&text, pango_layout_get_text(sheets->items[i].layout));
    return buf_ok(&text, err) && seal_text_hash(buf_str(&text), ret, err);
}
