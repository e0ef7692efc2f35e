/* The fields that a paper may show: the closed registry that templates are checked against, and their values for one
 * student in one language.  One row a field in fields_*.c; source of the shapes: assets/demo/README.md; of the words:
 * HEMIS's classifiers (words.h).  Days are in words, in lists in figures; sums are whole soʻm without the currency;
 * numbers, averages and points are written as the language has them (3,94).
 *
 *   institution.ministry .name .second_name (in a second language) .address (lines, with phone and e-mail) .city .phone
 *              .email   signatory.role .name
 *   student.name (whole, in the paper's language; on papers for abroad as in the passport: "Dilnoza KARIMOVA")
 *           .passport_name (KARIMOVA DILNOZA) .surname .given .patronymic (with right apostrophes: name.h) .number
 *           .birth_date .birth_figures .citizenship (country) .pinfl (absent for foreigners) .gender .gender_code
 *           .accommodation .social .address .photo (base64: for the block "photo" alone)
 *   study.status .status_code .type (Bakalavriat) .type_code .form (kunduzgi) .form_code .payment (Davlat granti)
 *         .payment_code .language .entry_year .end_year (as planned) .year .years (of the programme) .semester
 *         .academic_year .group
 *   faculty.name   programme.code .name   admission.date .order .points   prior.name .document .year
 *   graduation.date .order .diploma .qualification   leaving.date .order .reason   leave.from .to .order .reason
 *   results.count .credits (earned) .credits_total .gpa (two decimals) .gpa_rounded (one, as HEMIS's) .letter
 *          .sum_products .hours
 *   results.rows [n semester academic_year subject code hours credits points mark name letter date passed product]
 *          by semester; .subjects .coursework .practice .attestation: those of one kind, with the same fields
 *   results.semesters [n title academic_year credits credits_total gpa subjects hours product debts]
 *   results.years [n academic_year credits credits_total gpa gpa_rounded subjects product debts]
 *   results.scale [points mark letter name]   results.letters [letter range]
 *   gpa.hemis   gpa.rows [n academic_year year gpa credits subjects debts can_transfer]   (HEMIS's own figures)
 *   promotion.limit .gpa .meets (a sentence)
 *   debts.count .credits .fee .fee_per_credit   debts.rows [as results.rows, and required fee]
 *   assessments.period .semester .count
 *   assessments.rows [n subject code credits current midterm final ("24 / 30") total max mark absent_hours]
 *   schedule.period   schedule.rows [n day pair time subject code kind room building teacher weeks]
 *   exams.count .first .last   exams.rows [n date weekday time subject code kind attempt room building teacher]
 *   session.from .to .days .period (in figures)   (the campaign of this kind that is for the student)
 *   contract.number .date .academic_year .kind .sum .sum_words (with the currency) .discount .paid .paid_percent .due
 *           .overpaid   contract.payments [n date sum reference]   contract.dues [n date sum]
 *   scholarship.name .monthly .monthly_words .from .to .order .order_date
 *   dormitory.building .number .address .room .place .from .to .order .order_date .fee_month .paid_until
 *   clearance.cleared .of   clearance.rows [n unit state date]
 *   distribution.board .board_date .employer .employer_address .post .salary .from .agreed
 *   personal.order .order_date .from .to   personal.rows [n subject code hours credits teacher until]
 *   record.date    of what day the data are: of the oldest part that the paper shows
 *   chosen.count .credits .sum   chosen.rows [n name semester credits sum]   of the list that a question chooses from
 *   receiver       the sentence of the form's answer, absent when nothing was asked
 *   answer.ID      the student's answer to that question: a choice by its label, free words in quotes
 *   issued.date .date_figures .time .valid_until (absent where there is no end)
 *   staff.ID       what who approved answered to the service's through.asks: a choice by its sentence, else its label
 *   request.number .service (its title) .asked .promised (day in words with the hour; absent: nothing was promised)
 *           .place .fee (whole soʻm, with .invoice: absent when nothing is to be paid): of a request that was handed
 *           in, for its receipt alone
 *   request.answers [n label value]   request.taken [n name]   (papers that were photographed, or seen at the window)
 *   request.papers [n name]   (to be brought to the window; both are absent where there are none)
 *   ticket.number .topic .taken .ahead .wait (about so many minutes) .window .window_place: of a ticket, for its slip
 *           alone
 *   blank.number   copy.n   kiosk.place
 *
 * The last line belongs to a copy, all others to the document.  A field without a value is absent; a list whose part
 * of the record is missing, or can't be read, is absent too: nobody says "no debts" of what is not known. */
#ifndef REGISTRAR_OFFICE_FIELDS_H
#define REGISTRAR_OFFICE_FIELDS_H

#include "registrar/document/template.h"
#include "registrar/office/campaigns.h"
#include "registrar/office/field_choice.h"
#include "registrar/office/students.h"
#include "registrar/office/words.h"
#include "wire/form.h"

struct PapersWanted;

/* A request, for its receipt. */
typedef struct FieldRequest {
    const char *number, *place;
    const struct PapersWanted *papers; /* that it wants, and how they were given (photos.h); NULL: not known */
    const char *invoice;               /* "": nothing is to be paid */
    int64_t asked_at_s, promised_at_s; /* 0: not promised */
    int64_t sum;
} FieldRequest;

/* A ticket, for its slip. */
typedef struct FieldTicket {
    const char *number, *window_place; /* "" */
    const LocalText *topic;
    int ahead;   /* -1: it does not wait */
    int minutes; /* 0: not known */
    int window;  /* 0: not called yet */
    int64_t taken_at_s;
} FieldTicket;

typedef struct FieldSources {
    const Institution *institution;
    const Words *words;
    const Record *record;         /* with the parts that the template's fields are of */
    const CampaignFound *session; /* NULL: none is for this student */
    const Service *service;       /* with answers; NULL: none */
    const Answers *answers;       /* NULL: nothing was asked yet */
    const Answers *staff;         /* to the service's asks; NULL: nobody has approved yet */
    const char *blank;            /* NULL: none yet */
    const FieldRequest *request;  /* NULL: it is no receipt */
    const FieldTicket *ticket;    /* NULL: it is no slip of a ticket */
    int valid_days;               /* 0: no end */
    int64_t issued_s;
} FieldSources;

/* FieldKnown of document/template.h. */
bool field_known(const char *name);
/* Has text of its own in a record: what a form may show beside a question. */
bool field_is_of_record(const char *name);
void fields_choose(const Template *template, FieldChoice *ret);
/* ERR_FORMAT with the template's place: it shows an answer, a blank or an end that this service, with papers good for
 * so many days (0: no end), does not have, or not always. */
bool fields_suit(const Template *template, const Service *service, int valid_days, Error *err) MUST_USE;

/* A new object: text by name, arrays of such objects for lists, of every field that the template shows and that has a
 * value.  *ret_missing (of the template): the first that this paper would show and has none, of those that are due by
 * now; NULL when it is whole.  NULL without memory. */
json_t *fields_make(const FieldSources *sources, const Template *template, const FieldChoice *choice, Language language,
                    const char **ret_missing, Error *err) MUST_USE;
/* The missing one alone, without making the rows of lists: for who asks of many papers whether they could be made. */
const char *fields_missing(const FieldSources *sources, const Template *template, const FieldChoice *choice,
                           Language language);
/* One field's value for a glass, appended; nothing when there is none. */
void fields_write(const FieldSources *sources, const char *name, Language language, Buf *value);
/* Adds those of a copy. */
bool fields_add_copy(json_t *values, int copy_n, const char *place, Error *err) MUST_USE;
/* What is known later stands there as a line to be filled, so that a preview can be drawn. */
bool fields_add_lines(json_t *values, const Template *template, Error *err) MUST_USE;

/* What a contract asks for, any discount taken off already, and what of it was paid: whole so'm, 0..10^15.  False: one
 * is not known.  For papers and for who may have them. */
bool contract_sums(const json_t *contract, int64_t *ret_asked, int64_t *ret_paid) MUST_USE;
/* A year's base contract, which retakes are paid in proportion to: its own sum where no other is told; 0: none is. */
int64_t contract_base(const json_t *contract);
/* The last day on which the paper is good; valid_days > 0. */
Date fields_valid_until(const FieldSources *sources);

/* "K*****a D*****a" from surname and given name, as the paper in this language spells them: five stars whatever the
 * length. */
void fields_mask_holder(const json_t *profile, Language language, char *array, size_t size);
/* One Latin form for the seal, as it stands on the paper, since both are compared: the passport's spelling on papers
 * for abroad whose record knows it, else the Uzbek name (name_for_paper).  False, and "" in array, when the record has
 * none. */
bool fields_holder(const json_t *profile, Language language, char *array, size_t size) MUST_USE;
/* The code of the faculty; NULL: the record says none.  Borrowed. */
const char *fields_faculty(const json_t *profile);

#endif
