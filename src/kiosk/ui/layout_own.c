/* A node's own content: mark, icon, label. */
#include <string.h>

#include "kiosk/ui/layout_parts.h"

int layout_px(const Layout *layout, float mm)
{
    return metrics_px(layout->metrics, mm);
}

LayoutBox *layout_box(Layout *layout, const Node *node)
{
    return &layout->boxes[tree_index(layout->tree, node)];
}

bool layout_is_leaf(const Node *node)
{
    return node->first == NODE_NONE;
}

bool layout_has_mark(const Node *node)
{
    return (node->role == ROLE_CHOICE || node->role == ROLE_CHECK) && !node->icon;
}

bool layout_centres(const Node *node)
{
    return (node->role == ROLE_BUTTON || node->role == ROLE_KEY || node->role == ROLE_TAB) && layout_is_leaf(node) &&
           (node->style.justify == JUSTIFY_START || node->style.justify == JUSTIFY_CENTRE);
}

bool layout_has_own(const LayoutBox *box)
{
    return box->own_natural > 0;
}

Pads layout_pads(const Layout *layout, const Node *node)
{
    const Style *style = &node->style;
    Pads pads = { layout_px(layout, style->pad_top), layout_px(layout, style->pad_right),
                  layout_px(layout, style->pad_bottom), layout_px(layout, style->pad_left) };

    if (layout_has_mark(node))
        pads.left += layout_px(layout, MM_MARK) + layout_px(layout, MM_MARK_GAP);
    if (node->role == ROLE_FIELD && pads.left == 0)
        pads.left = layout_px(layout, MM_FIELD_PAD);
    if (node->role == ROLE_FIELD && pads.right == 0)
        pads.right = layout_px(layout, MM_FIELD_PAD);
    return pads;
}

Rect layout_inside(const Layout *layout, const Node *node)
{
    Pads pads = layout_pads(layout, node);
    Rect inside = { node->rect.x + pads.left, node->rect.y + pads.top, node->rect.w - pads.left - pads.right,
                    node->rect.h - pads.top - pads.bottom };

    inside.w = inside.w > 0 ? inside.w : 0;
    inside.h = inside.h > 0 ? inside.h : 0;
    return inside;
}

/* What a role's words are set in when the style says nothing. */
TextRole layout_text_role(const Node *node)
{
    if (node->style.text != TEXT_BODY)
        return node->style.text;
    switch (node->role) {
    case ROLE_HEADING: return TEXT_HEADING;
    case ROLE_FIELD: return node->style.weight == WEIGHT_OF_ROLE ? TEXT_HEADING : TEXT_BODY;
    case ROLE_KEY: return node->style.weight == WEIGHT_OF_ROLE ? TEXT_KEY : TEXT_BODY;
    case ROLE_PROGRESS: return TEXT_CAPTION;
    case ROLE_GROUP:
    case ROLE_TEXT:
    case ROLE_BUTTON:
    case ROLE_CHOICE:
    case ROLE_IMAGE:
    case ROLE_STATUS:
    case ROLE_ALERT:
    case ROLE_CHECK:
    case ROLE_TAB:
    case ROLE_ROW:
    case ROLE_CHART:
    case ROLE_DIALOG:
    case ROLE_COUNT: break;
    }
    return TEXT_BODY;
}

/* With the growth that the node lets its words have. */
static Metrics own_metrics(const Layout *layout, const Node *node)
{
    Metrics metrics = *layout->metrics;

    if (node->style.text_scale_most > 0 && metrics.text_scale > node->style.text_scale_most)
        metrics.text_scale = node->style.text_scale_most;
    return metrics;
}

TextLook layout_look(const Layout *layout, const Node *node)
{
    Weight weight = node->style.weight;

    if (weight == WEIGHT_OF_ROLE && node->role == ROLE_FIELD)
        weight = WEIGHT_MEDIUM;
    if (weight == WEIGHT_OF_ROLE && layout_text_role(node) <= TEXT_CAPTION &&
        (node->role == ROLE_BUTTON || node->role == ROLE_CHOICE || node->role == ROLE_CHECK || node->role == ROLE_TAB ||
         node->role == ROLE_PROGRESS))
        weight = WEIGHT_SEMIBOLD;
    Metrics metrics = own_metrics(layout, node);

    return metrics_look(&metrics, layout_text_role(node), weight, node->style.tabular, node->language);
}

TextLook layout_caption_look(const Layout *layout, const Node *node)
{
    return metrics_look(layout->metrics, TEXT_CAPTION, WEIGHT_SEMIBOLD, false, node->language);
}

TextLook layout_error_look(const Layout *layout, const Node *node)
{
    return metrics_look(layout->metrics, TEXT_BODY, WEIGHT_MEDIUM, false, node->language);
}

static TextLook label_look(const Layout *layout, const Node *node)
{
    return node->role == ROLE_FIELD ? layout_caption_look(layout, node) : layout_look(layout, node);
}

static TextRole label_role(const Node *node)
{
    return node->role == ROLE_FIELD ? TEXT_CAPTION : layout_text_role(node);
}

static bool draws_label(const Node *node)
{
    return node->role != ROLE_GROUP && node->role != ROLE_IMAGE && *node->label;
}

static int icon_gap(const Layout *layout, const Node *node)
{
    const Style *style = &node->style;

    if (style->gap > 0)
        return layout_px(layout, style->gap);
    return layout_px(layout, style->axis == AXIS_ROW ? MM_ICON_ROW : MM_ICON_COLUMN);
}

static unsigned segments_of(const Node *node)
{
    Str rest = str_from(node->value);
    uint64_t all;

    (void)str_split(&rest, '/');
    return rest.ptr && str_to_u64(rest, 1, 40, &all) ? (unsigned)all : 0;
}

static int segments_width(const Layout *layout, unsigned count)
{
    int most = (int)(count < SEGMENTS_WIDE ? count : SEGMENTS_WIDE);

    return most * layout_px(layout, MM_SEGMENT) + (most - 1) * layout_px(layout, MM_SEGMENT_GAP);
}

float layout_aspect(Layout *layout, const Node *node)
{
    if (node->image)
        return picture_page_aspect(node->image);
    return node->icon && picture_is_art(node->icon) ? pictures_art_aspect(layout->pictures, node->icon) : 0;
}

static int icon_px(const Layout *layout, const Node *node)
{
    Metrics metrics = own_metrics(layout, node);

    return metrics_icon_px(&metrics, node->style.icon_size > 0 ? node->style.icon_size : MM_ICON);
}

static void measure_image(Layout *layout, Node *node, LayoutBox *box)
{
    float aspect = layout_aspect(layout, node);

    if (node->image || (node->icon && picture_is_art(node->icon))) { /* as large as its box lets it */
        if (aspect > 0 && node->style.height > 0)
            box->own_natural = box->own_piece = (int)((float)layout_px(layout, node->style.height) / aspect);
        return;
    }
    box->icon_size = node->icon ? icon_px(layout, node) : 0;
    box->own_natural = box->own_piece = box->icon_size;
}

void layout_measure_own(Layout *layout, Node *node)
{
    LayoutBox *box = layout_box(layout, node);
    TextLook look = label_look(layout, node);
    int widest = 0, piece = 0;

    if (node->role == ROLE_IMAGE) {
        measure_image(layout, node, box);
        return;
    }
    if (node->icon && *node->icon && node->role != ROLE_GROUP)
        box->icon_size = icon_px(layout, node);
    if (draws_label(node))
        text_measure(layout->text, &look, str_from(node->label), &widest, &piece);
    if (node->role == ROLE_PROGRESS && segments_of(node) > 0) {
        int bars = segments_width(layout, segments_of(node));
        int gap = widest > 0 ? layout_px(layout, MM_SEGMENT_LABEL) : 0;
        box->own_natural = bars + gap + widest;
        box->own_piece = piece > bars ? piece : bars;
        return;
    }
    if (node->style.axis == AXIS_ROW) {
        int gap = box->icon_size > 0 && widest > 0 ? icon_gap(layout, node) : 0;
        box->own_natural = box->icon_size + gap + widest;
        box->own_piece = box->icon_size + gap + piece;
    } else {
        box->own_natural = widest > box->icon_size ? widest : box->icon_size;
        box->own_piece = piece > box->icon_size ? piece : box->icon_size;
    }
}

/* Wraps words into the layout's lines; marks the node when they do not fit. */
static void wrap(Layout *layout, Node *node, const TextLook *look, const char *words, int width, unsigned lines_most,
                 uint16_t *ret_line, uint16_t *ret_lines)
{
    size_t room = LAYOUT_LINES_MOST - layout->line_count;
    size_t most = lines_most > 0 && lines_most < room ? lines_most : room;
    bool torn = false;

    *ret_line = (uint16_t)layout->line_count;
    *ret_lines = (uint16_t)text_wrap(layout->text, look, str_from(words), width, layout->lines + layout->line_count,
                                     most, &torn);
    layout->line_count += *ret_lines;
    node->cut |= torn;
}

static void wrap_progress(Layout *layout, Node *node, LayoutBox *box, int width)
{
    TextLook look = layout_look(layout, node);
    int beside = width - segments_width(layout, segments_of(node)) - layout_px(layout, MM_SEGMENT_LABEL);
    int bar = layout_px(layout, MM_SEGMENT_HIGH);

    if (draws_label(node))
        wrap(layout, node, &look, node->label, beside > 0 ? beside : 0, node->style.lines_most, &box->line,
             &box->lines);
    box->label_height = box->lines * metrics_line_height(layout->metrics, layout_text_role(node));
    box->own_height = box->label_height > bar ? box->label_height : bar;
}

void layout_wrap_own(Layout *layout, Node *node, int width)
{
    LayoutBox *box = layout_box(layout, node);
    TextLook look = label_look(layout, node);
    bool row = node->style.axis == AXIS_ROW;
    int gap = box->icon_size > 0 && *node->label ? icon_gap(layout, node) : 0;
    int beside = row && node->role != ROLE_FIELD ? width - box->icon_size - gap : width;

    box->own_width = width;
    if (node->role == ROLE_IMAGE) {
        box->own_height = box->icon_size;
        return;
    }
    if (node->role == ROLE_PROGRESS && segments_of(node) > 0) {
        wrap_progress(layout, node, box, width);
        return;
    }
    if (draws_label(node))
        wrap(layout, node, &look, node->label, beside > 0 ? beside : 0, node->style.lines_most, &box->line,
             &box->lines);
    box->label_height = box->lines * metrics_line_of(&look, label_role(node));
    if (node->role == ROLE_FIELD)
        return;
    if (row)
        box->own_height = box->label_height > box->icon_size ? box->label_height : box->icon_size;
    else
        box->own_height = box->label_height + box->icon_size + (box->lines > 0 ? gap : 0);
}

/* Start of `size` within `room` pixels. */
static int aligned(Align align, int room, int size)
{
    switch (align) {
    case ALIGN_CENTRE: return (room - size) / 2;
    case ALIGN_END: return room - size;
    case ALIGN_START:
    case ALIGN_BASELINE:
    case ALIGN_STRETCH: break;
    }
    return 0;
}

/* The largest rectangle of that proportion in the middle of area. */
static Rect fitted(Rect area, float aspect)
{
    Rect fit = area;

    if (aspect <= 0)
        return area;
    if ((float)area.w * aspect > (float)area.h)
        fit.w = (int)((float)area.h / aspect + 0.5F);
    else
        fit.h = (int)((float)area.w * aspect + 0.5F);
    fit.x += (area.w - fit.w) / 2;
    fit.y += (area.h - fit.h) / 2;
    return fit;
}

static void place_image(Layout *layout, const Node *node, LayoutBox *box, Rect area)
{
    int least = area.w < area.h ? area.w : area.h, size = box->icon_size < least ? box->icon_size : least;

    if (node->image || (node->icon && picture_is_art(node->icon)))
        box->icon = fitted(area, layout_aspect(layout, node));
    else
        box->icon = (Rect){ area.x + (area.w - size) / 2, area.y + (area.h - size) / 2, size, size };
}

static void place_progress(Layout *layout, LayoutBox *box, const Node *node, Rect area)
{
    int bars = segments_width(layout, segments_of(node)), bar = layout_px(layout, MM_SEGMENT_HIGH);
    int at = bars + layout_px(layout, MM_SEGMENT_LABEL);

    box->mark = (Rect){ area.x, area.y + (area.h - bar) / 2, bars < area.w ? bars : area.w, bar };
    box->label = (Rect){ area.x + at, area.y + (area.h - box->label_height) / 2, area.w - at, box->label_height };
}

static void place_row(Layout *layout, const Node *node, LayoutBox *box, Rect area)
{
    int gap = box->icon_size > 0 && box->lines > 0 ? icon_gap(layout, node) : 0;
    TextLook look = label_look(layout, node);
    int line = metrics_line_of(&look, label_role(node));
    bool hugs = node->icon_after && node->style.justify != JUSTIFY_BETWEEN && box->lines == 1;
    int words = hugs ? layout->lines[box->line].width : area.w - box->icon_size - gap;
    int label_y = area.y + (area.h - box->label_height) / 2;
    /* Beside several lines from the top, the icon belongs to the first. */
    bool control = node->role == ROLE_BUTTON || node->role == ROLE_CHOICE || node->role == ROLE_CHECK ||
                   node->role == ROLE_TAB || node->role == ROLE_KEY;
    int beside = box->lines > 1 && node->style.align == ALIGN_START && !control ? line : box->label_height;
    int icon_y = box->lines > 0 ? label_y + (beside - box->icon_size) / 2 : area.y + (area.h - box->icon_size) / 2;

    box->icon = (Rect){ area.x, icon_y, box->icon_size, box->icon_size };
    box->label = (Rect){ area.x + box->icon_size + gap, label_y, words, box->label_height };
    if (node->icon_after) {
        box->label.x = area.x;
        box->icon.x = area.x + words + gap;
    }
}

static void place_column(Layout *layout, const Node *node, LayoutBox *box, Rect area)
{
    int gap = box->icon_size > 0 && box->lines > 0 ? icon_gap(layout, node) : 0;
    Align align = layout_centres(node) ? ALIGN_CENTRE : node->style.text_align;
    int y = area.y;

    box->icon = (Rect){ area.x + aligned(align, area.w, box->icon_size), y, box->icon_size, box->icon_size };
    y += box->icon_size + gap;
    box->label = (Rect){ area.x, y, area.w, box->label_height };
}

/* Where icon and label of a row stand when there is more room than they need. */
static Rect hugged(const Node *node, Rect area, int natural)
{
    int left = area.w - natural;

    if (left <= 0)
        return area;
    if (layout_centres(node) || node->style.justify == JUSTIFY_CENTRE)
        return (Rect){ area.x + left / 2, area.y, natural, area.h };
    if (node->style.justify == JUSTIFY_END)
        return (Rect){ area.x + left, area.y, natural, area.h };
    return area;
}

/* Width of icon and label as they stand beside each other: of the widest line where the label was wrapped. */
static int width_beside(const Layout *layout, const Node *node, const LayoutBox *box)
{
    int widest = 0;

    if (box->lines < 2 || node->role == ROLE_PROGRESS || node->style.justify == JUSTIFY_BETWEEN)
        return box->own_natural;
    for (size_t i = 0; i < box->lines; i++)
        widest = larger(widest, layout->lines[box->line + i].width);
    return box->icon_size > 0 ? box->icon_size + icon_gap(layout, node) + widest : widest;
}

void layout_place_own(Layout *layout, Node *node, Rect area)
{
    LayoutBox *box = layout_box(layout, node);

    if (node->role == ROLE_IMAGE) {
        place_image(layout, node, box, area);
        return;
    }
    if (layout_is_leaf(node) && node->style.axis == AXIS_ROW)
        area = hugged(node, area, width_beside(layout, node, box));
    if (box->own_height > area.h)
        node->cut = true;
    if (node->role == ROLE_PROGRESS && segments_of(node) > 0)
        place_progress(layout, box, node, area);
    else if (node->style.axis == AXIS_ROW)
        place_row(layout, node, box, area);
    else
        place_column(layout, node, box, area);
}
