/* The catalogue of the product, from its files. */
#ifndef FUZZ_FILLINGS_CATALOGUE_H
#define FUZZ_FILLINGS_CATALOGUE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "wire/catalogue.h"

static inline bool add_file(Buf *all, const char *name, bool first)
{
    char path[512];
    Error err = { 0 };
    OWNED_BUF json;

    buf_init(&json, 1u << 20);
    (void)!snprintf(path, sizeof path, "%s/kiosk/services/%s", SOURCE_DIR, name);
    if (!file_read(path, &json, &err))
        return false;
    buf_add_text(all, first ? "" : ",");
    buf_add_str(all, buf_str(&json));
    return true;
}

/* Every service that the product offers. */
static inline Catalogue *product_catalogue(void)
{
    struct dirent **names = NULL;
    Error err = { 0 };
    OWNED_BUF all;
    int count = scandir(SOURCE_DIR "/kiosk/services", &names, NULL, alphasort);
    bool first = true;

    buf_init(&all, CATALOGUE_BYTES_MOST);
    buf_add_text(&all, "{\"services\":[");
    for (int i = 0; i < count; i++) {
        if (str_ends(str_from(names[i]->d_name), STR(".json")) && add_file(&all, names[i]->d_name, first))
            first = false;
        free(names[i]);
    }
    free(names);
    buf_add_text(&all, "]}");
    Catalogue *catalogue = catalogue_parse(buf_str(&all), &err);
    if (!catalogue)
        (void)!fprintf(stderr, "%s\n", err.text);
    return catalogue;
}

#endif
