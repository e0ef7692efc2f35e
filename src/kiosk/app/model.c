#include "kiosk/app/model.h"

#include <string.h>

#include "kiosk/app/flow.h"

ScreenKind model_screen(const Model *model)
{
    if (!model->visit.active)
        return model_out(model) == OUT_NOT ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE;
    if (model->visit.still_there_ms)
        return SCREEN_STILL_THERE;
    return model->visit.leaving != LEAVING_NOT ? SCREEN_LEAVE : model->visit.screen;
}

OutReason model_out(const Model *model)
{
    const RegistrarFacts *registrar = &model->registrar;

    if (model->closed)
        return OUT_CLOSED;
    if (model->wall_ms / 1000 < model->built_s)
        return OUT_CLOCK;
    if (registrar->unknown_kiosk)
        return OUT_UNKNOWN_KIOSK;
    if (registrar->answered ? registrar->lost >= HEARTBEATS_LOST_MOST : registrar->lost > 0)
        return OUT_NO_REGISTRAR;
    if (model->catalogue)
        return registrar->answered ? OUT_NOT : OUT_STARTING;
    return registrar->catalogue_failed ? OUT_NO_CATALOGUE : OUT_STARTING;
}

Language model_language(const Model *model)
{
    return model->visit.active ? model->visit.language : model->language;
}

Language model_greeting(const Model *model)
{
    return (Language)(((uint32_t)model->language + model->greeting) % LANGUAGE_COUNT);
}

const Service *model_service(const Model *model)
{
    return model->catalogue && model->visit.service[0]
               ? catalogue_find(model->catalogue, str_from(model->visit.service))
               : NULL;
}

const ApiService *model_offer(const Model *model, const char *service)
{
    const ApiHome *home = model->visit.home;

    for (size_t i = 0; home && i < home->service_count; i++)
        if (strcmp(home->services[i].service, service) == 0)
            return &home->services[i];
    return NULL;
}

bool model_offers(const Model *model, const Service *service)
{
    return service->yields == YIELD_DOCUMENT && service->language_count > 0 && model_offer(model, service->id);
}

const Field *model_question(const Model *model, size_t *ret_total)
{
    const Service *service = model_service(model);
    size_t total = 0;
    size_t index = service ? form_asked(service, &model->visit.answers, model->visit.form.question, &total) : 0;

    if (ret_total)
        *ret_total = total;
    return service && index < service->field_count ? &service->fields[index] : NULL;
}

size_t model_questions(const Model *model)
{
    size_t total = 0;

    model_question(model, &total);
    return total;
}

FormKept model_form_kept(const Model *model)
{
    const Visit *visit = &model->visit;
    const DraftState *draft = &visit->draft;
    bool typed = visit->screen == SCREEN_FORM && visit->form.typed[0];

    /* What is issued, or was asked for before, is the registrar's already. */
    if (!model_service(model) || visit->issue.issued || visit->issue.from_home || (!visit->answers.count && !typed))
        return FORM_NOTHING;
    if (draft->under_way && !draft->failed)
        return FORM_BEING_KEPT;
    if (draft->failed || (draft->changed && form_is_begun(model)))
        return FORM_NOT_KEPT;
    return draft->kept ? FORM_KEPT : FORM_NOTHING;
}

Date model_today(const Model *model)
{
    return date_time_at(model->wall_ms, model->utc_offset_minutes).date;
}

bool printer_blocked(PrinterCondition condition)
{
    return condition != PRINTER_READY && condition != PRINTER_UNASKED;
}

#define GLASS_WIDTH_MM  336.0F /* 27 inch portrait, 1080x1920 */
#define GLASS_HEIGHT_MM 597.0F
#define PAGE_RATIO      1.41429F /* A4 */
/* What the preview screen needs besides the page: strip 36, bar 44, margins 20, title 30, languages 30, "Print" 32,
 * gaps 26. */
#define PAGE_FRAME_MM 218.0F
#define PAGE_SIDES_MM 32.0F
#define PAGE_LEAST_MM 100.0F /* smaller can't be read: then the screen scrolls */

static float pixels_per_mm(const Model *model)
{
    if (model->window.pixels_per_mm > 0.0F)
        return model->window.pixels_per_mm;
    return model->window.width > 0 ? (float)model->window.width / GLASS_WIDTH_MM : 1080.0F / GLASS_WIDTH_MM;
}

float model_glass_width(const Model *model)
{
    return model->window.width > 0 ? (float)model->window.width / pixels_per_mm(model) : GLASS_WIDTH_MM;
}

float model_glass_height(const Model *model)
{
    return model->window.height > 0 ? (float)model->window.height / pixels_per_mm(model) : GLASS_HEIGHT_MM;
}

float model_page_width(const Model *model)
{
    float by_height = (model_glass_height(model) - PAGE_FRAME_MM) / PAGE_RATIO;
    float by_width = model_glass_width(model) - PAGE_SIDES_MM;
    float width = by_height < by_width ? by_height : by_width;

    return width > PAGE_LEAST_MM ? width : PAGE_LEAST_MM;
}

int model_page_pixels(const Model *model)
{
    return (int)(model_page_width(model) * pixels_per_mm(model) + 0.5F);
}

static const char *const condition_names[] = {
    [PRINTER_UNASKED] = "unasked",   [PRINTER_READY] = "ready",     [PRINTER_OFF] = "off",
    [PRINTER_NO_PAPER] = "no-paper", [PRINTER_JAMMED] = "jammed",   [PRINTER_OPEN] = "open",
    [PRINTER_NO_TONER] = "no-toner", [PRINTER_NO_TRAY] = "no-tray", [PRINTER_PAUSED] = "paused",
    [PRINTER_TROUBLE] = "trouble",
};
static_assert(COUNT(condition_names) == PRINTER_CONDITION_COUNT, "one name per condition");

const char *printer_condition_name(PrinterCondition condition)
{
    return condition_names[condition];
}

bool phase_is_final(PrintPhase phase)
{
    return phase >= PRINT_PHASE_PRINTED;
}
static_assert(PRINT_PHASE_PRINTED > PRINT_PHASE_SHEETS && PRINT_PHASE_UNKNOWN == PRINT_PHASE_COUNT - 1,
              "final phases stand last");

bool model_paper_settled(const Model *model)
{
    const Paper *paper = &model->paper;

    return phase_is_final(paper->phase) && (paper->phase != PRINT_PHASE_UNKNOWN || paper->looked);
}

bool model_paper_blocks(const Model *model)
{
    const Paper *paper = &model->paper;
    bool followed = model->visit.active && paper->visit == model->visits && paper->phase != PRINT_PHASE_UNKNOWN;

    return (paper->job.id[0] && !model_paper_settled(model) && !followed) || model->behind_count > 0;
}

bool model_is_printing(const Model *model)
{
    const Paper *paper = &model->paper;

    return model->visit.active && paper->job.id[0] && paper->visit == model->visits && !phase_is_final(paper->phase);
}

static int seconds_to(int64_t then_ms, int64_t now_ms)
{
    return then_ms > now_ms ? (int)((then_ms - now_ms + 999) / 1000) : 0;
}

int model_seconds_left(const Model *model)
{
    const Visit *visit = &model->visit;
    int64_t since_ms = visit->done_ms > visit->touched_ms ? visit->done_ms : visit->touched_ms;
    ScreenKind screen = model_screen(model);

    if (screen == SCREEN_STILL_THERE)
        return seconds_to(visit->still_there_ms + STILL_THERE_MS, model->monotonic_ms);
    return screen == SCREEN_DONE ? seconds_to(since_ms + DONE_LIMIT_MS, model->monotonic_ms) : 0;
}

int64_t model_waiting_since(const Model *model)
{
    if (model->visit.waiting.command != CMD_NONE)
        return model->visit.waiting.since_ms;
    return model->visit.screen == SCREEN_PRINTING && model_is_printing(model) ? model->paper.moved_ms : -1;
}

bool model_waits_long(const Model *model)
{
    int64_t since_ms = model_waiting_since(model);

    return since_ms >= 0 && model->monotonic_ms - since_ms >= WAITING_LONG_MS;
}
