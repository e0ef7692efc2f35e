#include "kiosk/app/model.h"

#include <string.h>

#include "kiosk/app/flow.h"
#include "wire/qr.h"

ScreenKind model_screen(const Model *model)
{
    if (model->display)
        return SCREEN_DISPLAY;
    if (!model->visit.active)
        return model_out(model) == OUT_NOT ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE;
    if (model->visit.still_there_ms)
        return SCREEN_STILL_THERE;
    if (model->visit.leaving != LEAVING_NOT)
        return SCREEN_LEAVE;
    return model->visit.help.shown ? SCREEN_CALL : model->visit.screen;
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
    if (model->display)
        return model_greeting(model);
    return model->visit.active ? model->visit.language : model->language;
}

const Service *model_service(const Model *model)
{
    return model->visit.bound.service.id ? &model->visit.bound.service : NULL;
}

const ApiService *model_offer(const Model *model, const char *service)
{
    const ApiHome *home = model->visit.home;

    for (size_t i = 0; home && i < home->service_count; i++)
        if (strcmp(home->services[i].service, service) == 0)
            return &home->services[i];
    return NULL;
}

bool model_finds(const Model *model, const char *service)
{
    return model->catalogue && catalogue_find(model->catalogue, str_from(service));
}

bool model_offers(const Model *model, const Service *service)
{
    bool can = service->yields != YIELD_DOCUMENT || service->language_count > 0;

    return can && model_offer(model, service->id);
}

Terms model_terms(const Model *model)
{
    const Service *service = model_service(model);
    Terms terms = { 0 };

    if (service)
        service_terms(service, &model->visit.answers, &terms);
    return terms;
}

Language model_document_language(const Model *model, Language wanted)
{
    Terms terms = model_terms(model);

    return terms.language_count == 0 || terms_have_language(&terms, wanted) ? wanted : terms.languages[0];
}

bool model_hands_in(const Model *model)
{
    const Service *service = model_service(model);

    /* One of "my requests" is there already: what is asked for is its paper. */
    return service && !model->visit.issue.from_home &&
           (service->through || service_costs(service) || service->yields != YIELD_DOCUMENT);
}

#define CORRECTION_SERVICE "data-correction"

const Service *model_correction(const Model *model)
{
    const Service *service = model->catalogue ? catalogue_find(model->catalogue, STR(CORRECTION_SERVICE)) : NULL;
    const ApiService *offer = service ? model_offer(model, service->id) : NULL;
    bool here = strcmp(model->visit.service, CORRECTION_SERVICE) == 0;

    return offer && offer->allowed && !here && model_offers(model, service) ? service : NULL;
}

const char *model_shown(const Model *model, const char *field)
{
    const ApiHome *home = model->visit.home;

    for (size_t i = 0; home && i < home->shown_count; i++)
        if (strcmp(home->shown[i].field, field) == 0)
            return home->shown[i].value[0] ? home->shown[i].value : NULL;
    return NULL;
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

bool model_peeks(const Model *model)
{
    return model->visit.sign_in.peek_until_ms > model->monotonic_ms;
}

FormKept model_form_kept(const Model *model)
{
    const Visit *visit = &model->visit;
    const DraftState *draft = &visit->draft;
    bool typed = visit->screen == SCREEN_FORM && visit->form.typed[0];

    /* What is issued, or was asked for before, is the registrar's already. */
    if (!model_service(model) || visit->issue.issued || visit->issue.from_home || (!visit->answers.count && !typed) ||
        model_is_introducing(model))
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
/* What the preview screen needs besides the page.  On a wide glass the rest stands beside it. */
#define PAGE_FRAME_MM      140.0F /* strip, bar, margins, gaps */
#define PAGE_TEXTS_MM      70.0F  /* title and two rows of languages, growing with their text */
#define PAGE_BUTTONS_MM    38.0F  /* in a row ... */
#define PAGE_BUTTONS_UP_MM 110.0F /* ... or below each other, with large text */
#define PAGE_WIDE_FRAME_MM 90.0F
#define PAGE_SIDES_MM      32.0F
#define PAGE_WIDE_MOST     0.4F   /* of a wide glass */
#define PAGE_LEAST_MM      100.0F /* smaller can't be read: then the screen scrolls */
#define PAGE_WIDE_LEAST_MM 80.0F

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

static float page_frame(const Model *model)
{
    float scale = model_text_scale(model);

    if (model_wide(model))
        return PAGE_WIDE_FRAME_MM;
    return PAGE_FRAME_MM + PAGE_TEXTS_MM * scale + (scale > 1.0F ? PAGE_BUTTONS_UP_MM : PAGE_BUTTONS_MM);
}

float model_page_width(const Model *model)
{
    bool wide = model_wide(model);
    float least = wide ? PAGE_WIDE_LEAST_MM : PAGE_LEAST_MM;
    float by_height = (model_glass_height(model) - page_frame(model)) / PAGE_RATIO;
    float by_width = wide ? model_glass_width(model) * PAGE_WIDE_MOST : model_glass_width(model) - PAGE_SIDES_MM;
    float width = by_height < by_width ? by_height : by_width;

    return width > least ? width : least;
}

int model_page_pixels(const Model *model)
{
    return (int)(model_page_width(model) * pixels_per_mm(model) + 0.5F);
}

#define QR_MM_MOST  134.0F /* with its quiet zone */
#define QR_MM_LEAST 60.0F
#define QR_FRAME_MM 124.0F /* what else stands above and below it: strip, title, bar */
#define QR_WIDE_MM  110.0F
#define QR_PX_LEAST 3

static float qr_box(const Model *model)
{
    float mm = model_reach(model) - (model_wide(model) ? QR_WIDE_MM : QR_FRAME_MM);

    return mm > QR_MM_MOST ? QR_MM_MOST : mm < QR_MM_LEAST ? QR_MM_LEAST : mm;
}

int model_qr_module(const Model *model, int modules)
{
    int least = (int)(pixels_per_mm(model) + 0.999F); /* one millimetre */
    int module_px = (int)(qr_box(model) * pixels_per_mm(model)) / modules;

    least = least > QR_PX_LEAST ? least : QR_PX_LEAST;
    module_px = module_px > least ? module_px : least;
    return module_px < QR_MODULE_PX_MOST ? module_px : QR_MODULE_PX_MOST;
}

int model_link_module(const Model *model)
{
    int least = (int)(pixels_per_mm(model) + 0.999F);

    return least > QR_PX_LEAST ? least : QR_PX_LEAST;
}

float model_qr_width(const Model *model)
{
    const PhoneState *phone = &model->visit.phone;

    return phone->qr ? (float)phone->qr_px / pixels_per_mm(model) : qr_box(model);
}

float model_code_width(const Model *model, const CodePicture *code)
{
    return code->png ? (float)code->px / pixels_per_mm(model) : qr_box(model);
}

#define PHOTO_MM_MOST 88.0F /* three stand beside each other on the reference panel */
#define PHOTO_COLUMNS 3.0F
#define PHOTO_ROOM_MM 64.0F /* margins, a card's inside and the gaps */

float model_papers_width(const Model *model)
{
    float mm = (model_glass_width(model) - PHOTO_ROOM_MM) / PHOTO_COLUMNS;

    return mm < PHOTO_MM_MOST ? mm : PHOTO_MM_MOST;
}

int model_papers_pixels(const Model *model)
{
    int pixels = (int)(model_papers_width(model) * pixels_per_mm(model) + 0.5F);

    return pixels < PAPERS_WIDTH_LEAST ? PAPERS_WIDTH_LEAST : pixels > PAPERS_WIDTH_MOST ? PAPERS_WIDTH_MOST : pixels;
}

bool model_offers_phone(const Model *model)
{
    const Service *service = model_service(model);
    bool on_blank = service && service->blank; /* there is one of it, and no other is like it */

    return model->visit.signed_in && !model->visit.session.weak && !on_blank;
}

bool model_paper_is_out(const Model *model)
{
    return model->visit.done_ms > 0;
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
    bool followed = !job_is_slip(&paper->job) && model->visit.active && paper->visit == model->visits &&
                    paper->phase != PRINT_PHASE_UNKNOWN;

    return (paper->job.id[0] && !model_paper_settled(model) && !followed) || model->behind_count > 0;
}

bool model_is_printing(const Model *model)
{
    const Paper *paper = &model->paper;

    return model->visit.active && paper->job.id[0] && paper->visit == model->visits && !phase_is_final(paper->phase);
}

bool model_offers_tickets(const Model *model)
{
    for (size_t i = 0; model->hall && i < model->hall->topic_count; i++)
        if (model->hall->topics[i].open)
            return true;
    return false;
}

bool model_help_is_open(const Model *model)
{
    const ApiCall *call = &model->visit.help.call;

    return call->id[0] && (call->state == CALL_WAITING || call->state == CALL_COMING);
}

bool model_offers_help(const Model *model)
{
    return model->hall && model->hall->help;
}

/* The registrar's epochs begin at 1. */
bool job_is_slip(const ApiPrintJob *job)
{
    return job->id[0] && job->epoch == 0;
}

bool model_offers_slip(const Model *model)
{
    const SlipPhase phase = model->visit.slip.phase;

    return !printer_blocked(model->printer.condition) && !model_paper_blocks(model) && !model_is_printing(model) &&
           phase != SLIP_ASKED && phase != SLIP_PRINTING;
}

static int seconds_to(int64_t then_ms, int64_t now_ms)
{
    return then_ms > now_ms ? (int)((then_ms - now_ms + 999) / 1000) : 0;
}

int model_seconds_left(const Model *model)
{
    const Visit *visit = &model->visit;
    ScreenKind screen = model_screen(model);

    if (screen == SCREEN_STILL_THERE)
        return seconds_to(visit->still_there_ms + STILL_THERE_MS, model->monotonic_ms);
    if (screen != visit->screen || !visit_is_at_its_end(visit))
        return 0;
    return seconds_to(visit_done_at(visit), model->monotonic_ms);
}

int64_t model_waiting_since(const Model *model)
{
    if (model->visit.waiting.command != CMD_NONE)
        return model->visit.waiting.since_ms;
    if (model->visit.screen == SCREEN_PHONE && model->visit.phone.doing != CMD_NONE)
        return model->visit.phone.since_ms;
    return model->visit.screen == SCREEN_PRINTING && model_is_printing(model) ? model->paper.moved_ms : -1;
}

bool model_waits_long(const Model *model)
{
    int64_t since_ms = model_waiting_since(model);

    return since_ms >= 0 && model->monotonic_ms - since_ms >= WAITING_LONG_MS;
}
