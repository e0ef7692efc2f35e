/* Millimetres to pixels, and the sizes of text. */
#ifndef KIOSK_UI_METRICS_H
#define KIOSK_UI_METRICS_H

#include "kiosk/ui/tree.h"

typedef struct Metrics {
    int width, height; /* of the glass, pixels */
    float pixels_per_mm;
    float text_scale; /* 1, 1.25, 1.5, 2 */
} Metrics;

/* round(mm x px/mm) */
int metrics_px(const Metrics *metrics, float mm);
/* An icon beside words grows with them, by four fifths of their growth. */
int metrics_icon_px(const Metrics *metrics, float mm);

/* How a line of text is set; compared by value. */
typedef struct TextLook {
    int32_t size;     /* font size in 1/64 px */
    int32_t tracking; /* added between letters, 1/64 px; may be negative */
    uint8_t weight;   /* Weight, never WEIGHT_OF_ROLE */
    uint8_t language; /* Language: forms of letters */
    uint8_t tabular;  /* figures of equal width */
    uint8_t spare;    /* 0 */
} TextLook;

TextLook metrics_look(const Metrics *metrics, TextRole role, Weight weight, bool tabular, Language language);
/* Height of a line and, inside it, how far the baseline is below its top; capitals stand in its middle. */
int metrics_line_height(const Metrics *metrics, TextRole role);
int metrics_baseline(const Metrics *metrics, TextRole role);
/* The same of words set by a look of this role. */
int metrics_line_of(const TextLook *look, TextRole role);
int metrics_baseline_of(const TextLook *look, TextRole role);

#endif
