#include "wire/item.h"

#include <cbor.h>

#define HEAD_SIZE 9

static void put(void *ctx, ItemKind kind, uint64_t number)
{
    *(Item *)ctx = (Item){ .kind = kind, .number = number };
}

#define NUMBER(name, type, kind)                                                                                       \
    static void on_##name(void *ctx, type number)                                                                      \
    {                                                                                                                  \
        put(ctx, kind, number);                                                                                        \
    }

NUMBER(uint8, uint8_t, ITEM_UINT)
NUMBER(uint16, uint16_t, ITEM_UINT)
NUMBER(uint32, uint32_t, ITEM_UINT)
NUMBER(uint64, uint64_t, ITEM_UINT)
NUMBER(negint8, uint8_t, ITEM_NEGINT)
NUMBER(negint16, uint16_t, ITEM_NEGINT)
NUMBER(negint32, uint32_t, ITEM_NEGINT)
NUMBER(negint64, uint64_t, ITEM_NEGINT)
NUMBER(array, size_t, ITEM_ARRAY)
NUMBER(map, size_t, ITEM_MAP)
NUMBER(tag, uint64_t, ITEM_TAG)

static void on_bytes(void *ctx, cbor_data bytes, size_t size)
{
    *(Item *)ctx = (Item){ .kind = ITEM_BYTES, .number = size, .bytes = { (const char *)bytes, size } };
}

static void on_text(void *ctx, cbor_data bytes, size_t size)
{
    *(Item *)ctx = (Item){ .kind = ITEM_TEXT, .number = size, .bytes = { (const char *)bytes, size } };
}

/* Tags in one byte, among them COSE_Sign1's 18: libcbor 0.8 takes those above 4 for errors. */
#define SHORT_TAG_FIRST 0xC0
#define SHORT_TAG_LAST  0xD7

static bool is_short_tag(uint8_t first)
{
    return first >= SHORT_TAG_FIRST && first <= SHORT_TAG_LAST;
}

/* The head of an item in its shortest form: 1..9 bytes. */
static size_t head_write(ItemKind kind, uint64_t number, unsigned char head[HEAD_SIZE])
{
    switch (kind) {
    case ITEM_UINT: return cbor_encode_uint(number, head, HEAD_SIZE);
    case ITEM_NEGINT: return cbor_encode_negint(number, head, HEAD_SIZE);
    case ITEM_BYTES: return cbor_encode_bytestring_start((size_t)number, head, HEAD_SIZE);
    case ITEM_TEXT: return cbor_encode_string_start((size_t)number, head, HEAD_SIZE);
    case ITEM_ARRAY: return cbor_encode_array_start((size_t)number, head, HEAD_SIZE);
    case ITEM_MAP: return cbor_encode_map_start((size_t)number, head, HEAD_SIZE);
    case ITEM_TAG: return cbor_encode_tag(number, head, HEAD_SIZE);
    case ITEM_NONE: break;
    }
    return 0;
}

/* Takes size bytes, which are the item, off the front; false when its head could have been shorter. */
static bool take(Str *rest, size_t size, Item item, Item *ret)
{
    unsigned char head[HEAD_SIZE];
    size_t head_size = head_write(item.kind, item.number, head);

    if (head_size != size - item.bytes.len)
        return false;
    *rest = (Str){ rest->ptr + size, rest->len - size };
    *ret = item;
    return true;
}

bool item_next(Str *rest, Item *ret)
{
    struct cbor_callbacks callbacks = cbor_empty_callbacks;
    Item item = { ITEM_NONE, 0, { 0 } };

    callbacks.uint8 = on_uint8;
    callbacks.uint16 = on_uint16;
    callbacks.uint32 = on_uint32;
    callbacks.uint64 = on_uint64;
    callbacks.negint8 = on_negint8;
    callbacks.negint16 = on_negint16;
    callbacks.negint32 = on_negint32;
    callbacks.negint64 = on_negint64;
    callbacks.byte_string = on_bytes;
    callbacks.string = on_text;
    callbacks.array_start = on_array;
    callbacks.map_start = on_map;
    callbacks.tag = on_tag;
    if (!rest->len)
        return false;
    if (is_short_tag((uint8_t)rest->ptr[0]))
        return take(rest, 1, (Item){ .kind = ITEM_TAG, .number = (uint8_t)rest->ptr[0] - SHORT_TAG_FIRST }, ret);
    struct cbor_decoder_result result = cbor_stream_decode((cbor_data)rest->ptr, rest->len, &callbacks, &item);
    return result.status == CBOR_DECODER_FINISHED && item.kind != ITEM_NONE && take(rest, result.read, item, ret);
}

bool item_expect(Str *rest, ItemKind kind, Item *ret)
{
    return item_next(rest, ret) && ret->kind == kind;
}

bool item_expect_number(Str *rest, ItemKind kind, uint64_t number)
{
    Item item;

    return item_expect(rest, kind, &item) && item.number == number;
}

void item_write(Buf *buf, ItemKind kind, uint64_t number)
{
    unsigned char head[HEAD_SIZE];

    buf_add(buf, head, head_write(kind, number, head));
}

void item_write_bytes(Buf *buf, Str bytes)
{
    item_write(buf, ITEM_BYTES, bytes.len);
    buf_add_str(buf, bytes);
}

void item_write_text(Buf *buf, Str text)
{
    item_write(buf, ITEM_TEXT, text.len);
    buf_add_str(buf, text);
}
