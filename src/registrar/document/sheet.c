#include "registrar/document/sheet.h"

#include "base/memory.h"

bool sheets_add(Sheets *sheets, Item item, Error *err)
{
    if (sheets->count == sheets->room) {
        size_t room = sheets->room ? 2 * sheets->room : 128;
        Item *items = mem_resize(sheets->items, room, sizeof *items);

        if (!items) {
            if (item.layout)
                g_object_unref(item.layout);
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
        if (sheets->items[i].layout)
            g_object_unref(sheets->items[i].layout);
    mem_free(sheets->items);
    emblem_free(sheets->emblem);
    *sheets = (Sheets){ 0 };
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
