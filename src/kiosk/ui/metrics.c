#include "kiosk/ui/metrics.h"

#include <math.h>

#define INTER_CAPITALS 0.7273F /* of the font size */
#define KEY_SCALE_MOST 1.5F    /* a key's width does not grow with the text */

/* Source: tokens of the look, "Type". */
static const struct {
    float capitals_mm, line, tracking_em;
    Weight weight;
} roles[] = {
    [TEXT_BODY] = { 6, 1.35F, 0, WEIGHT_REGULAR },
    [TEXT_CAPTION] = { 4.8F, 1.35F, 0, WEIGHT_REGULAR },
    [TEXT_HEADING] = { 7.5F, 1.25F, -0.008F, WEIGHT_SEMIBOLD },
    [TEXT_TITLE] = { 10, 1.2F, -0.012F, WEIGHT_BOLD },
    [TEXT_DISPLAY] = { 17, 1.15F, -0.02F, WEIGHT_BOLD },
    [TEXT_HERO] = { 34, 1.06F, -0.025F, WEIGHT_BOLD },
    [TEXT_PAD] = { 11, 1, 0, WEIGHT_MEDIUM },
    [TEXT_KEY] = { 7.5F, 1, 0, WEIGHT_MEDIUM },
    [TEXT_COUNTDOWN] = { 72, 0.85F, -0.03F, WEIGHT_BOLD },
};
static_assert(COUNT(roles) == TEXT_ROLE_COUNT, "one row per TextRole");

int metrics_px(const Metrics *metrics, float mm)
{
    return (int)lroundf(mm * metrics->pixels_per_mm);
}

int metrics_icon_px(const Metrics *metrics, float mm)
{
    return metrics_px(metrics, mm * (1 + 0.8F * (metrics->text_scale - 1)));
}

static float font_px(const Metrics *metrics, TextRole role)
{
    float scale = metrics->text_scale;

    if (role == TEXT_KEY || role == TEXT_PAD)
        scale = fminf(scale, KEY_SCALE_MOST);
    return roles[role].capitals_mm * metrics->pixels_per_mm / INTER_CAPITALS * scale;
}

TextLook metrics_look(const Metrics *metrics, TextRole role, Weight weight, bool tabular, Language language)
{
    float px = font_px(metrics, role);

    return (TextLook){
        .size = (int32_t)lroundf(px * 64),
        .tracking = tabular ? 0 : (int32_t)lroundf(px * 64 * roles[role].tracking_em),
        .weight = (uint8_t)(weight == WEIGHT_OF_ROLE ? roles[role].weight : weight),
        .language = (uint8_t)language,
        .tabular = tabular,
    };
}

static int line_of(float px, TextRole role)
{
    return (int)lroundf(px * roles[role].line);
}

static int baseline_of(float px, TextRole role)
{
    return (int)lroundf((px * roles[role].line + px * INTER_CAPITALS) / 2);
}

int metrics_line_height(const Metrics *metrics, TextRole role)
{
    return line_of(font_px(metrics, role), role);
}

int metrics_baseline(const Metrics *metrics, TextRole role)
{
    return baseline_of(font_px(metrics, role), role);
}

int metrics_line_of(const TextLook *look, TextRole role)
{
    return line_of((float)look->size / 64, role);
}

int metrics_baseline_of(const TextLook *look, TextRole role)
{
    return baseline_of((float)look->size / 64, role);
}
