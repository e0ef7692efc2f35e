/* The desk's figures as grids, and what their pages show of them.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_STATISTICS_H
#define REGISTRAR_CONSOLE_STATISTICS_H

#include "registrar/console/desk.h"
#include "registrar/console/grid.h"
#include "registrar/office/shelf.h"
#include "registrar/office/statistics.h"

/* The tables: one for each TallyBy, then these. */
typedef enum FiguresBy { FIGURES_PROMISES = TALLY_BY_COUNT, FIGURES_REFUSALS, FIGURES_WORK, FIGURES_COUNT } FiguresBy;

/* "service": as a page's query names it. */
const char *figures_name(int by);

typedef struct Figures {
    Statistics statistics;
    StatisticsChoices choices;
    Shelf *shelf; /* owned */
    const Desk *desk;
} Figures;

/* A text that begins with "say.statistics.". */
const char *say_figure(const Desk *desk, const char *id);
/* In the order in which it is shown first; its texts live as long as the desk. */
bool figures_grid(const Figures *figures, int by, Grid *ret, Error *err) MUST_USE;
/* The figures above all tables. */
bool figures_cards(const Figures *figures, json_t *cards, Error *err) MUST_USE;

#endif
