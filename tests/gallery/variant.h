/* A variant: how one and the same state may be shown.  All of them, or few in which any two choices meet. */
#ifndef GALLERY_VARIANT_H
#define GALLERY_VARIANT_H

#include "kiosk/app/model.h"

typedef struct Panel {
    const char *name;
    int width, height;
    float pixels_per_mm;
} Panel;

extern const Panel panels[];
#define PANEL_COUNT 3

typedef struct Variant {
    unsigned panel; /* in panels */
    int text;       /* percent */
    GlassTheme theme;
    Language language;
    bool low_reach, left_handed, calm;
} Variant;

#define VARIANTS_MOST     4096
#define VARIANT_NAME_SIZE 64

/* "1080x1920-100-light-uz", "...-low-left" */
void variant_name(const Variant *variant, char name[VARIANT_NAME_SIZE]);
const char *variant_theme_name(GlassTheme theme);

/* What each choice is taken from. */
typedef struct Choices {
    Variant fixed; /* what is given once and for all */
    bool panel, text, theme, language, low_reach, left_handed;
} Choices;

/* Every combination of what is free; returns how many (at most VARIANTS_MOST). */
size_t variants_all(const Choices *choices, Variant *variants);
/* So many that any two values of two free choices meet in at least one; the same each time. */
size_t variants_pairwise(const Choices *choices, Variant *variants);

bool variant_parse_panel(const char *text, unsigned *ret);
bool variant_parse_text(const char *text, int *ret);
bool variant_parse_theme(const char *text, GlassTheme *ret);

#endif
