#include "registrar/demo_windows.h"

#include <stdio.h>

#include "base/file.h"
#include "registrar/store/acts.h"
#include "registrar/store/windows.h"
#include "wire/json.h"

#define FILE_BYTES_MOST (64u << 10)

typedef struct Putting {
    const json_t *list;
    int64_t now_ms;
} Putting;

static bool read_window(const json_t *json, WindowRow *ret, Error *err)
{
    ret->number = (int)json_integer_value(json_object_get(json, "number"));
    return (ret->number > 0 &&
            str_copy(str_from(json_string_value(json_object_get(json, "place"))), ret->place, sizeof ret->place) &&
            str_copy(str_from(json_string_value(json_object_get(json, "topics"))), ret->topics, sizeof ret->topics)) ||
           error_set(err, ERR_FORMAT, "windows.json: number, place, topics");
}

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;

    for (size_t i = 0; i < json_array_size(putting->list); i++) {
        WindowRow window = { .changed_at_s = putting->now_ms / 1000 };
        char object[32];

        if (!read_window(json_array_get(putting->list, i), &window, err))
            return false;
        (void)snprintf(object, sizeof object, "window:%d", window.number);
        if (!windows_put(transaction, &window, err) ||
            !acts_add(transaction, &(Act){ putting->now_ms, "command-line", "window.put", object, NULL }, err))
            return false;
    }
    return true;
}

bool demo_windows_put(Store *store, int64_t now_ms, Error *err)
{
    OWNED_BUF text;
    OWNED(json_t) list = NULL;

    buf_init(&text, FILE_BYTES_MOST);
    if (file_read(REGISTRAR_ASSETS "/demo/windows.json", &text, err))
        list = json_read(buf_str(&text), err);
    Putting putting = { list, now_ms };
    return list && store_write(store, put, &putting, err);
}
