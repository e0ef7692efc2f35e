#include "kiosk/ui/calendar.h"

#define WEEK         7
#define MM_ROW       20.0F
#define MM_ROW_LEAST 15.0F
#define MM_GAP       3.0F /* the floor between two targets */
#define MM_BUTTON    20.0F
#define DAY_ID       "%s.day.%u"

static void add_turn(Tree *tree, const char *id, const char *icon, const char *said, Send send)
{
    Node *node = tree_leaf(tree, ROLE_BUTTON, id, "",
                           (Style){ .axis = AXIS_ROW,
                                    .width = MM_BUTTON,
                                    .height = MM_BUTTON,
                                    .corner = 4,
                                    .fill = COLOUR_SURFACE,
                                    .border = COLOUR_EDGE,
                                    .ink = COLOUR_BRAND,
                                    .icon_size = 10 });

    node->icon = icon;
    node->said = tree_text(tree, said);
    node->send = send;
    node->state |= send.act == 0 ? NODE_DISABLED : 0;
}

static void add_month(Tree *tree, const Calendar *calendar, float grow)
{
    tree_leaf(tree, ROLE_STATUS, tree_format(tree, "%s.month", calendar->id), calendar->month,
              (Style){ .grow = grow, .text = TEXT_HEADING, .text_align = ALIGN_CENTRE });
}

static void add_head(Tree *tree, const Calendar *calendar)
{
    bool years = calendar->year_before.act != 0 || calendar->year_after.act != 0;

    if (calendar->apart)
        add_month(tree, calendar, 0);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = MM_GAP });
    if (years)
        add_turn(tree, tree_format(tree, "%s.year-before", calendar->id), "year-back", calendar->say_year_before,
                 calendar->year_before);
    add_turn(tree, tree_format(tree, "%s.before", calendar->id), "chev-back", calendar->say_before, calendar->before);
    if (calendar->apart)
        tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ .grow = 1 });
    else
        add_month(tree, calendar, 1);
    add_turn(tree, tree_format(tree, "%s.after", calendar->id), "chev", calendar->say_after, calendar->after);
    if (years)
        add_turn(tree, tree_format(tree, "%s.year-after", calendar->id), "year-next", calendar->say_year_after,
                 calendar->year_after);
    tree_close(tree);
}

static void add_weekdays(Tree *tree, const Calendar *calendar)
{
    for (size_t i = 0; i < WEEK; i++)
        tree_leaf(
            tree, ROLE_TEXT, NULL, calendar->weekdays[i],
            (Style){
                .text = TEXT_CAPTION, .weight = WEIGHT_SEMIBOLD, .ink = COLOUR_INK_SOFT, .text_align = ALIGN_CENTRE });
}

static void add_figure(Tree *tree, const Calendar *calendar, unsigned day, float height)
{
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .justify = JUSTIFY_CENTRE,
                    .height = height,
                    .ink = COLOUR_INK_SOFT,
                    .text_align = ALIGN_CENTRE };

    tree_leaf(tree, ROLE_TEXT, tree_format(tree, DAY_ID, calendar->id, day), tree_format(tree, "%u", day), style);
}

static void add_day(Tree *tree, const Calendar *calendar, unsigned day, float height)
{
    bool disabled = calendar->disabled >> (day - 1) & 1, chosen = day == calendar->chosen;
    Style style = { .axis = AXIS_ROW,
                    .height = height,
                    .corner = 2,
                    .fill = COLOUR_SURFACE,
                    .border = COLOUR_LINE,
                    .border_px = 2,
                    .weight = WEIGHT_MEDIUM };
    Node *node;

    if (disabled) { /* no box, so nothing to touch; its figure is still read */
        add_figure(tree, calendar, day, height);
        return;
    }
    if (day == calendar->today) {
        style.border = COLOUR_BRAND;
        style.border_px = 3;
        style.weight = WEIGHT_BOLD;
    }
    node =
        tree_leaf(tree, ROLE_BUTTON, tree_format(tree, DAY_ID, calendar->id, day), tree_format(tree, "%u", day), style);
    node->said = tree_text(tree, calendar->said[day - 1]);
    node->send = (Send){ calendar->act, (uint16_t)day };
    node->state |= chosen ? NODE_CHOSEN : 0;
}

void calendar_build(Tree *tree, const Calendar *calendar)
{
    float height = calendar->row > 0 ? calendar->row : MM_ROW;

    assert(calendar->first < WEEK && calendar->days >= 28 && calendar->days <= CALENDAR_DAYS_MOST);
    tree_open(tree, ROLE_GROUP, calendar->id, NULL, (Style){ .gap = 4 });
    add_head(tree, calendar);
    tree_open(tree, ROLE_GROUP, NULL, NULL, (Style){ .columns = WEEK, .gap = MM_GAP });
    add_weekdays(tree, calendar);
    for (unsigned i = 0; i < calendar->first; i++)
        tree_leaf(tree, ROLE_GROUP, NULL, NULL, (Style){ 0 });
    for (unsigned day = 1; day <= calendar->days; day++)
        add_day(tree, calendar, day, height > MM_ROW_LEAST ? height : MM_ROW_LEAST);
    tree_close(tree);
    tree_close(tree);
}
