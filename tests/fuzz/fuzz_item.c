/* CBOR one item at a time: what is taken was written in the shortest form, so writing it gives the same bytes. */
#include "fuzz.h"

#include "wire/item.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str rest = fuzz_str(data, size);
    Item item;

    for (Str before = rest; item_next(&rest, &item); before = rest) {
        OWNED_BUF written;
        buf_init(&written, size + 16);
        if (item.kind == ITEM_BYTES)
            item_write_bytes(&written, item.bytes);
        else if (item.kind == ITEM_TEXT)
            item_write_text(&written, item.bytes);
        else
            item_write(&written, item.kind, item.number);
        FUZZ_HOLDS(written.len == before.len - rest.len && memcmp(written.data, before.ptr, written.len) == 0);
    }
    return 0;
}
