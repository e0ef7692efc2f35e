/* CBOR (RFC 8949) one item at a time over libcbor's streaming decoder: nothing is allocated for what a stranger sent,
 * and only what our messages use is known: whole numbers, strings, definite arrays and maps, tags.  Inside wire only.
 */
#ifndef WIRE_ITEM_H
#define WIRE_ITEM_H

#include "base/buf.h"

typedef enum ItemKind {
    ITEM_NONE,
    ITEM_UINT,
    ITEM_NEGINT,
    ITEM_BYTES,
    ITEM_TEXT,
    ITEM_ARRAY,
    ITEM_MAP,
    ITEM_TAG
} ItemKind;

typedef struct Item {
    ItemKind kind;
    uint64_t number; /* value; NEGINT: -1 - number; ARRAY, MAP: how many; TAG */
    Str bytes;       /* BYTES, TEXT: points into what is read */
} Item;

/* Takes one item (of an array or map its head alone) off the front.  False at the end, for all that we do not know, and
 * for what could have been written shorter. */
bool item_next(Str *rest, Item *ret) MUST_USE;
/* The next item must be of this kind. */
bool item_expect(Str *rest, ItemKind kind, Item *ret) MUST_USE;
/* The next item must be this whole number, head or tag. */
bool item_expect_number(Str *rest, ItemKind kind, uint64_t number) MUST_USE;

/* In the shortest form (RFC 8949 section 4.2.1). */
void item_write(Buf *buf, ItemKind kind, uint64_t number);
void item_write_bytes(Buf *buf, Str bytes);
void item_write_text(Buf *buf, Str text);

#endif
