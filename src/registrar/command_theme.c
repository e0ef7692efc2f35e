/* registrar theme: the university's colour and logo on its kiosks; serve may run. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/theme.h"
#include "registrar/settings.h"

static const char usage[] =
    "usage: registrar theme set DIR [--brand '#RRGGBB'|none] [--logo FILE|none]\n"
    "       registrar theme show DIR\n"
    "\n"
    "How the university's kiosks look; they follow when nobody stands at them, its pages within a second.  Papers "
    "keep\n"
    "the emblem of paths.logo, in black on white.\n"
    "  --brand  a colour, made darker by day and lighter in the evening until text on it can be read; none: that of\n"
    "           institution.json\n"
    "  --logo   a PNG of 48 to 2048 pixels a side, or an SVG of filled paths, 256 KiB at most; none: the "
    "letterhead's\n";

#define FILE_BYTES_MOST (16u << 20)

/* The public pages' lightest ground, and what stands on the colour. */
static const Rgb pages[] = { 0xf5f3ee, 0xffffff };

typedef struct Arguments {
    const char *what, *data, *brand, *logo;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3)
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    if (strcmp(ret->what, "show") == 0)
        return argc == 3;
    for (int i = 3; i + 1 < argc; i += 2) {
        const char **value = strcmp(argv[i], "--brand") == 0  ? &ret->brand
                             : strcmp(argv[i], "--logo") == 0 ? &ret->logo
                                                              : NULL;
        if (!value || *value)
            return false;
        *value = argv[i + 1];
    }
    return strcmp(ret->what, "set") == 0 && argc % 2 == 1 && (ret->brand || ret->logo);
}

static bool set(Office *office, const Arguments *arguments, Error *err)
{
    ThemeWish wish = { .brand = arguments->brand, .change_logo = arguments->logo != NULL };
    OWNED_BUF logo;

    buf_init(&logo, FILE_BYTES_MOST); /* what is too large for a logo is refused in words */
    if (arguments->logo && strcmp(arguments->logo, "none") != 0) {
        if (!file_read(arguments->logo, &logo, err))
            return false;
        wish.logo = buf_str(&logo);
    }
    return theme_set(office, &wish, err);
}

static bool show(Office *office, Error *err)
{
    ApiTheme theme = { 0 };
    LogoKind kind = LOGO_NONE;
    char brand[8];

    if (!theme_get(office, &theme, err))
        return false;
    bool done = !theme.logo || logo_look(blob_str(theme.logo), &kind, err);
    if (theme.brand) {
        rgb_write(theme.brand, brand);
        printf("brand  %s", brand);
        Rgb readable = rgb_readable(rgb_to_oklch(theme.brand), TOWARDS_BLACK, pages, COUNT(pages), 7);
        if (readable != theme.brand) {
            rgb_write(readable, brand);
            printf(", by day as %s so that it can be read", brand);
        }
        printf("\n");
    } else {
        printf("brand  the product's own\n");
    }
    if (theme.logo)
        printf("logo   %s of %zu bytes\n", kind == LOGO_PNG ? "PNG" : "SVG", blob_str(theme.logo).len);
    else
        printf("logo   the product's own\n");
    api_theme_fini(&theme);
    return done;
}

int command_theme(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) &&
                (strcmp(arguments.what, "show") == 0 || set(registrar.office, &arguments, &err)) &&
                show(registrar.office, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar theme %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
