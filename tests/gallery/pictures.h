/* A folder of pictures: STATE.VARIANT.png, the same in small/, and a row for each in pictures.tsv, of which
 * tests/gallery/run makes the page. */
#ifndef GALLERY_PICTURES_H
#define GALLERY_PICTURES_H

#include <SDL.h>
#include <stdio.h>

#include "gallery/scene.h"

/* Makes the folder; what is in it stays, and further rows go below.  NULL: *err. */
FILE *pictures_open(const char *folder, Error *err) MUST_USE;
bool picture_keep(SDL_Surface *surface, const char *folder, const Scene *scene, Error *err) MUST_USE;
void picture_note(FILE *list, const Scene *scene);

#endif
