/* Plain charts: bars from zero, and a line for what goes up and down by semester.  Values are written in, so no one has
 * to measure; the last one that matters most is filled.  Spoken as `said`. */
#ifndef KIOSK_UI_CHART_H
#define KIOSK_UI_CHART_H

#include "kiosk/ui/tree.h"

#define CHART_POINTS_MOST 16
#define CHART_MARKS_MOST  8

typedef struct ChartPoint {
    const char *name;  /* below: "4-sem." */
    const char *value; /* as the language writes it: "4,5" */
    float amount;      /* in the axis's measure */
    bool strong;       /* the one that matters */
} ChartPoint;

typedef struct Chart {
    const char *id;
    const char *said;         /* all of it in words */
    float height;             /* mm of the plot; 0: 50 */
    float text_scale;         /* 1..2, as in UiConfig: decides whether a value fits into its bar */
    Colour ground;            /* what the chart stands on; COLOUR_NONE: surface */
    float least, most;        /* ends of the axis; bars always begin at zero */
    const char *const *marks; /* words of the axis from bottom to top, evenly spread; NULL: none */
    size_t mark_count;        /* 0, or 2..CHART_MARKS_MOST */
    const ChartPoint *points;
    size_t count; /* 1..CHART_POINTS_MOST */
} Chart;

void chart_bars(Tree *tree, const Chart *chart);
void chart_line(Tree *tree, const Chart *chart);

#endif
