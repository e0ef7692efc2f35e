#include "gallery/pictures.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "kiosk/ui/scale.h"

#define SMALLER   4
#define PATH_SIZE 1024

FILE *pictures_open(const char *folder, Error *err)
{
    char path[PATH_SIZE];
    FILE *list;

    if (!path_join(path, sizeof path, folder, "small", err) || !folder_make(path, 0755, err) ||
        !path_join(path, sizeof path, folder, "pictures.tsv", err))
        return NULL;
    list = fopen(path, "a");
    if (!list)
        error_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    return list;
}

static void picture_name(const Scene *scene, char *name, size_t size)
{
    char variant[VARIANT_NAME_SIZE];

    variant_name(scene->variant, variant);
    (void)snprintf(name, size, "%s.%s.png", scene->state, variant);
}

static bool keep_small(const SDL_Surface *surface, const char *path, Error *err)
{
    Image whole = { surface->pixels, surface->w, surface->h }, small;
    SDL_Surface *target;
    bool kept;

    assert(surface->pitch == surface->w * 4);
    /* A window's pixels have nothing in their upper byte, where an image has how opaque it is. */
    for (int i = 0; i < surface->w * surface->h; i++)
        whole.pixels[i] |= 0xff000000u;
    if (!image_scale(&whole, surface->w / SMALLER, surface->h / SMALLER, &small))
        return error_set(err, ERR_MEMORY, "a small picture");
    target = SDL_CreateRGBSurfaceWithFormatFrom(small.pixels, small.width, small.height, 32, small.width * 4,
                                                SDL_PIXELFORMAT_XRGB8888);
    kept = target ? ui_shot(target, path, err) : error_set(err, ERR_MEMORY, "a small picture");
    SDL_FreeSurface(target);
    image_fini(&small);
    return kept;
}

bool picture_keep(SDL_Surface *surface, const char *folder, const Scene *scene, Error *err)
{
    char name[256], small[256], path[PATH_SIZE];

    picture_name(scene, name, sizeof name);
    (void)snprintf(small, sizeof small, "small/%.200s", name);
    return path_join(path, sizeof path, folder, name, err) && ui_shot(surface, path, err) &&
           path_join(path, sizeof path, folder, small, err) && keep_small(surface, path, err);
}

void picture_note(FILE *list, const Scene *scene)
{
    const Variant *variant = scene->variant;
    char name[256];

    picture_name(scene, name, sizeof name);
    fprintf(list, "%s\t%s\t%s\t%s\t%d\t%s\t%s\t%d\t%d\t%u\n", name, scene->state, scene->screen, scene->panel->name,
            variant->text, variant_theme_name(variant->theme), language_tag(variant->language), variant->low_reach,
            variant->left_handed, scene->faults);
}
