#include "wire/json.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void *json_allocate(size_t size)
{
    return mem_new(1, size);
}

static void json_release(void *block)
{
    if (block)
        mem_free_wiped(block, malloc_usable_size(block));
}

/* jansson has one allocator for the process: it is set before main, so that no thread can see it change. */
__attribute__((constructor)) static void json_use_our_memory(void)
{
    json_set_alloc_funcs(json_allocate, json_release);
}

json_t *json_read(Str text, Error *err)
{
    json_error_t where;
    json_t *json = json_loadb(text.ptr ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &where);

    /* Without memory jansson mostly has no words; where it has, they quote the text, which may hold a password. */
    if (!json && (where.text[0] == '\0' || json_error_code(&where) == json_error_out_of_memory))
        error_set(err, ERR_MEMORY, "JSON");
    else if (!json)
        error_set(err, ERR_FORMAT, "not JSON at line %d, column %d", where.line, where.column);
    return json;
}

static int add_piece(const char *bytes, size_t size, void *buf)
{
    buf_add(buf, bytes, size);
    return 0;
}

bool json_write(const json_t *json, Buf *buf, Error *err)
{
    if (json_dump_callback(json, add_piece, buf, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) != 0)
        return error_set(err, ERR_MEMORY, "JSON can't be written");
    return buf_ok(buf, err);
}

static int64_t number_at(const Member *member, const void *field)
{
    switch (member->kind) {
    case MEMBER_INT: return *(const int *)field;
    case MEMBER_WORD: return *(const int *)field;
    case MEMBER_INT64: return *(const int64_t *)field;
    case MEMBER_UINT32: return *(const uint32_t *)field;
    case MEMBER_BOOL: return *(const bool *)field;
    case MEMBER_TEXT: break;
    }
    return 0;
}

static json_t *member_write(const Member *member, const void *field)
{
    int64_t number = number_at(member, field);

    switch (member->kind) {
    case MEMBER_TEXT: return json_string(field);
    case MEMBER_BOOL: return json_boolean(number);
    case MEMBER_WORD: return number < 0 || number > member->most ? NULL : json_string(member->words[number]);
    case MEMBER_INT:
    case MEMBER_INT64:
    case MEMBER_UINT32: return json_integer(number);
    }
    return NULL;
}

static bool is_zero(const Member *member, const void *field)
{
    return member->kind == MEMBER_TEXT ? *(const char *)field == '\0' : number_at(member, field) == 0;
}

json_t *members_write(const Member *members, size_t count, const void *object, Error *err)
{
    json_t *json = json_object();

    for (size_t i = 0; json && i < count; i++) {
        const void *field = (const char *)object + members[i].offset;
        if (members[i].optional && is_zero(&members[i], field))
            continue;
        if (json_object_set_new(json, members[i].name, member_write(&members[i], field)) != 0) {
            json_decref(json);
            json = NULL;
        }
    }
    if (!json)
        error_set(err, ERR_MEMORY, "JSON of the interface");
    return json;
}

static bool number_set(const Member *member, int64_t number, void *field)
{
    if (number < member->least || number > member->most)
        return false;
    if (member->kind == MEMBER_INT64)
        *(int64_t *)field = number;
    else if (member->kind == MEMBER_UINT32)
        *(uint32_t *)field = (uint32_t)number;
    else
        *(int *)field = (int)number;
    return true;
}

static bool word_set(const Member *member, const char *word, void *field)
{
    for (int64_t i = 0; word && i <= member->most; i++)
        if (!strcmp(member->words[i], word))
            return number_set(member, i, field);
    return false;
}

static bool member_read(const Member *member, const json_t *json, void *field)
{
    switch (member->kind) {
    case MEMBER_TEXT:
        return json_is_string(json) &&
               str_copy((Str){ json_string_value(json), json_string_length(json) }, field, member->size);
    case MEMBER_BOOL: *(bool *)field = json_is_true(json); return json_is_boolean(json);
    case MEMBER_WORD: return word_set(member, json_string_value(json), field);
    case MEMBER_INT:
    case MEMBER_INT64:
    case MEMBER_UINT32: return json_is_integer(json) && number_set(member, json_integer_value(json), field);
    }
    return false;
}

bool members_read(const Member *members, size_t count, const json_t *json, void *ret_object, Error *err)
{
    if (!json_is_object(json))
        return error_set(err, ERR_PROTOCOL, "an object was expected");
    for (size_t i = 0; i < count; i++) {
        const json_t *member = json_object_get(json, members[i].name);
        if (!member && members[i].optional)
            continue;
        if (!member || !member_read(&members[i], member, (char *)ret_object + members[i].offset))
            return error_set(err, ERR_PROTOCOL, "%s: %s", members[i].name,
                             member ? "not what it should be" : "missing");
    }
    return true;
}
