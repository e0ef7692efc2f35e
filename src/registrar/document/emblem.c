#include "registrar/document/emblem.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"

#define EMBLEM_STEPS_MOST 20000
#define EMBLEM_PATHS_MOST 64
#define EMBLEM_FALL_MOST  300 /* boxes: a glass draws it line by line, and lines are crossed by what falls past them */

typedef struct Step {
    char act; /* M, L, C, Z: absolute */
    double at[6];
} Step;

typedef struct EmblemPath {
    size_t first, count; /* of steps */
    bool even_odd;
} EmblemPath;

struct Emblem {
    double box[4]; /* x, y, width, height */
    Step *steps;
    size_t step_count, step_room;
    EmblemPath paths[EMBLEM_PATHS_MOST];
    size_t path_count;
};

/* Reading of one path's data. */
typedef struct Pen {
    const char *rest;
    double x, y;             /* where it is */
    double start_x, start_y; /* of this subpath */
    double turn_x, turn_y;   /* last control point, for S */
    Emblem *emblem;
} Pen;

static bool pen_add(Pen *pen, char act, const double *at, size_t count, Error *err)
{
    Emblem *emblem = pen->emblem;
    Step *step;

    if (emblem->step_count == emblem->step_room) {
        size_t room = emblem->step_room ? 2 * emblem->step_room : 64;
        Step *steps = room <= EMBLEM_STEPS_MOST ? mem_resize(emblem->steps, room, sizeof *steps) : NULL;

        if (!steps)
            return error_set(err, ERR_MEMORY, "emblem of over %d steps", EMBLEM_STEPS_MOST);
        emblem->steps = steps;
        emblem->step_room = room;
    }
    step = &emblem->steps[emblem->step_count++];
    *step = (Step){ .act = act };
    if (count > 0)
        memcpy(step->at, at, count * sizeof *at);
    return true;
}

static void pen_skip(Pen *pen)
{
    pen->rest += strspn(pen->rest, " \t\r\n,");
}

static bool pen_number(Pen *pen, double *ret)
{
    char *end;

    pen_skip(pen);
    *ret = g_ascii_strtod(pen->rest, &end);
    if (end == pen->rest || !isfinite(*ret))
        return false;
    pen->rest = end;
    return true;
}

/* Coordinates of one step, made absolute. */
static bool pen_points(Pen *pen, bool relative, double *at, size_t pairs)
{
    for (size_t i = 0; i < pairs; i++) {
        if (!pen_number(pen, &at[2 * i]) || !pen_number(pen, &at[2 * i + 1]))
            return false;
        at[2 * i] += relative ? pen->x : 0;
        at[2 * i + 1] += relative ? pen->y : 0;
    }
    return true;
}

static bool pen_line(Pen *pen, double x, double y, char act, Error *err)
{
    pen->x = pen->turn_x = x;
    pen->y = pen->turn_y = y;
    return pen_add(pen, act, (double[]){ x, y }, 2, err);
}

static bool pen_curve(Pen *pen, const double at[6], Error *err)
{
    pen->turn_x = at[2];
    pen->turn_y = at[3];
    pen->x = at[4];
    pen->y = at[5];
    return pen_add(pen, 'C', at, 6, err);
}

/* One step of the command; *ret_fits is false when its numbers are not there. */
static bool pen_step(Pen *pen, char command, bool *ret_fits, Error *err)
{
    bool relative = g_ascii_islower(command);
    double at[6] = { 0 };

    *ret_fits = true;
    switch (g_ascii_toupper(command)) {
    case 'M':
    case 'L':
        if ((*ret_fits = pen_points(pen, relative, at, 1))) {
            if (g_ascii_toupper(command) == 'M') {
                pen->start_x = at[0];
                pen->start_y = at[1];
            }
            return pen_line(pen, at[0], at[1], g_ascii_toupper(command), err);
        }
        return true;
    case 'H':
        if ((*ret_fits = pen_number(pen, at)))
            return pen_line(pen, at[0] + (relative ? pen->x : 0), pen->y, 'L', err);
        return true;
    case 'V':
        if ((*ret_fits = pen_number(pen, at)))
            return pen_line(pen, pen->x, at[0] + (relative ? pen->y : 0), 'L', err);
        return true;
    case 'C': return !(*ret_fits = pen_points(pen, relative, at, 3)) || pen_curve(pen, at, err);
    case 'S':
        at[0] = 2 * pen->x - pen->turn_x;
        at[1] = 2 * pen->y - pen->turn_y;
        return !(*ret_fits = pen_points(pen, relative, at + 2, 2)) || pen_curve(pen, at, err);
    default: *ret_fits = false; return true;
    }
}

static bool pen_command(Pen *pen, char command, Error *err)
{
    bool fits = true;
    size_t steps = 0;

    if (g_ascii_toupper(command) == 'Z') {
        pen->x = pen->turn_x = pen->start_x;
        pen->y = pen->turn_y = pen->start_y;
        return pen_add(pen, 'Z', NULL, 0, err);
    }
    if (!strchr("MmLlHhVvCcSs", command))
        return error_set(err, ERR_UNSUPPORTED, "path command '%c'", command);
    for (;; steps++) {
        /* Pairs after the first of a move are lines. */
        char next = steps > 0 && command == 'M' ? 'L' : steps > 0 && command == 'm' ? 'l' : command;

        if (!pen_step(pen, next, &fits, err))
            return false;
        if (!fits)
            break;
    }
    return steps > 0 || error_set(err, ERR_FORMAT, "path command '%c' without its numbers", command);
}

static bool emblem_add_path(Emblem *emblem, const char *data, bool even_odd, Error *err)
{
    Pen pen = { .rest = data, .emblem = emblem };
    EmblemPath *path;

    if (emblem->path_count == EMBLEM_PATHS_MOST)
        return error_set(err, ERR_RANGE, "emblem of over %d paths", EMBLEM_PATHS_MOST);
    path = &emblem->paths[emblem->path_count++];
    *path = (EmblemPath){ .first = emblem->step_count, .even_odd = even_odd };
    for (pen_skip(&pen); *pen.rest; pen_skip(&pen)) {
        char command = *pen.rest++;

        if (emblem->step_count == path->first && g_ascii_toupper(command) != 'M')
            return error_set(err, ERR_FORMAT, "path does not begin with a move");
        if (!pen_command(&pen, command, err))
            return false;
    }
    path->count = emblem->step_count - path->first;
    return true;
}

typedef struct Reading {
    Emblem *emblem;
    Error fault;
} Reading;

static const char *attribute(const char **names, const char **values, const char *wanted)
{
    for (size_t i = 0; names[i]; i++)
        if (strcmp(names[i], wanted) == 0)
            return values[i];
    return NULL;
}

static bool read_box(Emblem *emblem, const char *text, Error *err)
{
    Pen pen = { .rest = text ? text : "" };

    for (size_t i = 0; i < COUNT(emblem->box); i++)
        if (!pen_number(&pen, &emblem->box[i]))
            return error_set(err, ERR_FORMAT, "no viewBox");
    return (emblem->box[2] > 0 && emblem->box[3] > 0) || error_set(err, ERR_FORMAT, "an empty viewBox");
}

static bool read_element(Emblem *emblem, const char *element, const char **names, const char **values, Error *err)
{
    static const char *const unknown[] = { "transform", "stroke", "style", "class" };
    const char *rule = attribute(names, values, "fill-rule");
    const char *data = attribute(names, values, "d");

    for (size_t i = 0; i < COUNT(unknown); i++)
        if (attribute(names, values, unknown[i]))
            return error_set(err, ERR_UNSUPPORTED, "%s=: only filled paths are drawn, as they stand", unknown[i]);
    if (strcmp(element, "svg") == 0)
        return read_box(emblem, attribute(names, values, "viewBox"), err);
    if (strcmp(element, "title") == 0 || strcmp(element, "desc") == 0)
        return true;
    if (strcmp(element, "path") != 0)
        return error_set(err, ERR_UNSUPPORTED, "<%.20s>: only paths are drawn", element);
    if (!data)
        return error_set(err, ERR_FORMAT, "a path without d");
    return emblem_add_path(emblem, data, rule && strcmp(rule, "evenodd") == 0, err);
}

static void on_element(GMarkupParseContext *context UNUSED, const char *element, const char **names,
                       const char **values, void *arg, GError **error)
{
    Reading *reading = arg;

    if (!read_element(reading->emblem, element, names, values, &reading->fault))
        g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, reading->fault.text);
}

/* How far its lines go up and down in all, in heights of its box. */
static double fall(const Emblem *emblem)
{
    double sum = 0, y = 0;

    for (size_t i = 0; i < emblem->step_count; i++) {
        const Step *step = &emblem->steps[i];
        size_t ys = step->act == 'C' ? 3 : step->act == 'Z' ? 0 : 1;
        double low = y, high = y;
        for (size_t n = 0; n < ys; n++) {
            y = step->at[2 * n + 1];
            low = fmin(low, y);
            high = fmax(high, y);
        }
        sum += step->act == 'M' ? 0 : high - low;
    }
    return sum / emblem->box[3];
}

Emblem *emblem_parse(Str svg, Error *err)
{
    static const GMarkupParser parser = { .start_element = on_element };
    OWNED(Emblem) emblem = mem_new(1, sizeof *emblem);
    Reading reading = { .emblem = emblem };
    GMarkupParseContext *context;
    GError *fault = NULL;

    if (!emblem) {
        error_set(err, ERR_MEMORY, "emblem");
        return NULL;
    }
    context = g_markup_parse_context_new(&parser, 0, &reading, NULL);
    if (!g_markup_parse_context_parse(context, svg.ptr, (gssize)svg.len, &fault) ||
        !g_markup_parse_context_end_parse(context, &fault)) {
        error_set(err, reading.fault.code ? reading.fault.code : ERR_FORMAT, "emblem: %s", fault->message);
        g_error_free(fault);
        g_markup_parse_context_free(context);
        return NULL;
    }
    g_markup_parse_context_free(context);
    if (emblem->path_count == 0) {
        error_set(err, ERR_FORMAT, "emblem: no path");
        return NULL;
    }
    if (fall(emblem) > EMBLEM_FALL_MOST) {
        error_set(err, ERR_RANGE, "emblem: too many long lines");
        return NULL;
    }
    return steal(&emblem);
}

void emblem_free(Emblem *emblem)
{
    if (emblem)
        mem_free(emblem->steps);
    mem_free(emblem);
}

static void draw_path(const Emblem *emblem, const EmblemPath *path, cairo_t *cairo)
{
    for (size_t i = path->first; i < path->first + path->count; i++) {
        const Step *step = &emblem->steps[i];
        const double *at = step->at;

        switch (step->act) {
        case 'M': cairo_move_to(cairo, at[0], at[1]); break;
        case 'L': cairo_line_to(cairo, at[0], at[1]); break;
        case 'C': cairo_curve_to(cairo, at[0], at[1], at[2], at[3], at[4], at[5]); break;
        default: cairo_close_path(cairo); break;
        }
    }
    cairo_set_fill_rule(cairo, path->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    cairo_fill(cairo);
}

void emblem_draw(const Emblem *emblem, cairo_t *cairo, double x, double y, double side)
{
    double scale = side / fmax(emblem->box[2], emblem->box[3]);

    cairo_save(cairo);
    cairo_translate(cairo, x + (side - scale * emblem->box[2]) / 2, y + (side - scale * emblem->box[3]) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_translate(cairo, -emblem->box[0], -emblem->box[1]);
    for (size_t i = 0; i < emblem->path_count; i++)
        draw_path(emblem, &emblem->paths[i], cairo);
    cairo_restore(cairo);
}
