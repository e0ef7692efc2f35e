/* Icons, pictures and PNG pages, drawn once for their size and kept.  Those that came with a visit are wiped by
 * pictures_forget. */
#ifndef KIOSK_UI_PICTURE_H
#define KIOSK_UI_PICTURE_H

#include "kiosk/ui/draw.h"

typedef struct Pictures Pictures;

Pictures *pictures_new(const char *icons_folder, Error *err) MUST_USE;
void pictures_free(Pictures *pictures);
OWNED_BY(Pictures, pictures_free)
/* Wipes what came from blobs. */
void pictures_forget(Pictures *pictures);

/* One colour: the file's coverage.  mm says how thick its strokes become.  NULL when there is no such file.  Valid
 * until the next call. */
const Mask *pictures_icon(Pictures *pictures, const char *name, int size, float mm);
/* Many colours: those of the light theme in the file become the theme's.  NULL as above. */
const Image *pictures_art(Pictures *pictures, const char *name, int width, int height, const Theme *theme);
/* A PNG scaled to exactly that size, by averaging what each pixel covers.  NULL when it is none. */
const Image *pictures_page(Pictures *pictures, Blob *png, int width, int height);

/* What the icon "logo" is from now on: a PNG or an SVG, kept; NULL: the icon's own file. */
void pictures_set_logo(Pictures *pictures, Blob *logo);
Blob *pictures_logo_blob(const Pictures *pictures);
/* Height for a width of 1; 0 when there is no logo that can be read. */
float pictures_logo_aspect(const Pictures *pictures);
/* An SVG of one colour: pictures_icon draws it as the icon "logo", in the ink of its place. */
bool pictures_logo_is_emblem(const Pictures *pictures);
/* Whether most of the logo can be made out on that ground. */
bool pictures_logo_shows_on(Pictures *pictures, Pixel ground);
const Image *pictures_logo(Pictures *pictures, int width, int height);

/* "picture-..." is art */
bool picture_is_art(const char *name);
/* Height for a width of 1; 0 when unknown. */
float pictures_art_aspect(Pictures *pictures, const char *name);
float picture_page_aspect(const Blob *png);

/* The star lattice's tile for these colours; NULL without memory. */
const Image *pictures_stars(Pictures *pictures, int period, Pixel ground, Pixel star, Pixel line);

#endif
