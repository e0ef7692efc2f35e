/* Between the flows of app/: one message on its way through the model.  Not for other rooms.
 * Each flow is one file; app.c hands it what concerns it and ends the message afterwards. */
#ifndef KIOSK_APP_FLOW_H
#define KIOSK_APP_FLOW_H

#include "kiosk/app/app.h"

typedef struct Step {
    Model *model;
    Visit *visit; /* &model->visit */
    Msg *msg;
    CmdList *cmds;
    int64_t now_ms; /* monotonic */
} Step;

/* app.c: appends a command of this visit, with its token; the rest of it is zero.  Never NULL: a list that is full is a
 * broken promise. */
Cmd *step_cmd(const Step *step, CmdKind kind);
/* As step_cmd for what the kiosk's certificate is enough for: of no visit, without a token. */
Cmd *step_machine_cmd(const Step *step, CmdKind kind);
/* As step_cmd, and waits for its answer. */
Cmd *step_ask(const Step *step, CmdKind kind);
/* True once, when the message is the answer that the visit waits for: to this very asking of command, not to an earlier
 * one.  It then waits for nothing. */
bool step_answers(const Step *step, CmdKind command);
void step_show(const Step *step, ScreenKind screen);

/* visit.c: beginning, end and the limits of time */
void visit_begin(const Step *step, Language language);
void visit_end(const Step *step);
/* The student goes: the visit ends, or home opens, after a question when that would lose what was filled in. */
void visit_leave(const Step *step, Leaving how);
/* The question's answer. */
void visit_leave_act(const Step *step, Act act);
void visit_touch(const Step *step);
void visit_time(const Step *step);
int64_t visit_next_wake(const Model *model);
/* The last thing that there is to see: the visit ends by itself at visit_done_at. */
bool visit_is_at_its_end(const Visit *visit);
int64_t visit_done_at(const Visit *visit);

/* changes.c: what the registrar tells unasked */
void changes_take(const Step *step);

/* notices.c, theme.c: what the office tells the kiosk to show; asked for when a heartbeat tells of another version, or
 * an event of a change */
void notices_ask(const Step *step);
void theme_ask(const Step *step);
void notices_heartbeat(const Step *step);
void notices_take(const Step *step);
void theme_heartbeat(const Step *step);
void theme_take(const Step *step);
/* Nobody stands at the glass: the theme that waited is put on. */
void theme_change(Model *model);

/* machine.c: registrar, catalogue, printer and glass, visit or not */
void machine_take(const Step *step);
void machine_time(const Step *step);
void machine_take_catalogue(Model *model);
/* Asks for the catalogue, unless it has the version told (NULL: not known). */
void machine_ask_catalogue(const Step *step, const char *told);
/* The registrar is asked how everything stands, now. */
void machine_ask_all(const Step *step);
/* The registrar does not admit this kiosk any more. */
void machine_is_unknown(const Step *step);
/* Whether the registrar answers is in doubt: it is asked soon. */
void machine_doubt(const Step *step);
int64_t machine_next_wake(const Model *model);

/* glass.c: size of text, colours, reach, hand, sound.  False when the act is none of these. */
bool settings_act(const Step *step, Act act, uint16_t arg);

/* typing.c: the field that typed text goes to, and its keyboard */
/* For another field: the letters that the page's language has first, of the wanted script. */
void typing_letters(Visit *visit, FieldScript script, FieldCapital capital);
/* A keyboard that is always the same; begins small. */
void typing_layer(Visit *visit, KeyboardLayer layer);
/* The page has another language now: its letters, where they are wanted. */
void typing_language(Visit *visit);
/* What stands before the next letter changed: it is a capital by itself where a sentence or a name begins. */
void typing_capital(Visit *visit, const char *before);
void typing_text(const Step *step, const char *text);
void typing_key(const Step *step, EditKey key);
void typing_keyboard(const Step *step, uint16_t arg);

/* sign_in.c */
/* The password's last letter may be read for a second, until the next one or another field. */
void sign_in_peek(const Step *step, bool readable);
void sign_in_time(const Step *step);
int64_t sign_in_next_wake(const Visit *visit);
void sign_in_act(const Step *step, Act act, uint16_t arg);
/* The message's session begins, whatever let it begin. */
void sign_in_enter(const Step *step);
void sign_in_take(const Step *step);
void sign_in_send(const Step *step);
/* The session is over although the visit goes on: the password is asked again. */
void sign_in_again(const Step *step);
/* Another person took over the glass in the same visit: nothing of the first one is shown to the second. */
void sign_in_forget_person(const Step *step);
/* A session that came too late for its visit is ended at once. */
void sign_in_return(const Step *step);
void sign_in_focus(Visit *visit, SignInField field);

/* card.c */
void card_heard(const Step *step);
void card_act(const Step *step, Act act);
void card_text(const Step *step, const char *text);
void card_key(const Step *step, EditKey key);
void card_take(const Step *step);
/* No answer at all. */
void card_is_silent(const Step *step);
bool card_waits_for(CmdKind command);
/* "My card", from home's requests. */
void card_open(const Step *step);
/* What was read and typed; a card that lies in the slot lies there. */
void card_forget(Visit *visit);

/* grant.c */
void grant_open(const Step *step);
void grant_act(const Step *step, Act act);
void grant_text(const Step *step, const char *text);
void grant_key(const Step *step, EditKey key);
void grant_take(const Step *step);
/* An event names it; id NULL: any may have changed. */
void grant_changed(const Step *step, const char *id);
bool grant_waits_for(const Visit *visit, CmdKind command);
bool grant_is_live(const GrantState *grant);
/* The registrar is told that nobody waits for it. */
void grant_forget(const Step *step);
void grant_drop(Visit *visit);
void grant_time(const Step *step);
int64_t grant_next_wake(const Model *model);

/* home.c */
void home_act(const Step *step, Act act, uint16_t arg);
void home_take(const Step *step);
void home_open(const Step *step);
/* Home as it was, or the search on it. */
/* The registrar tells that it knows more of who is signed in: home, or the study page that they look at, is asked for
 * anew; whatever else they do goes on, and home is asked for when they are back. */
void record_changed(const Step *step);
void record_look(const Step *step);
void home_return(const Step *step);
void search_act(const Step *step, Act act, uint16_t arg);
/* Opened on the way: what home says anew is welcome, and nobody is disturbed when it says nothing. */
bool home_is_left(const Visit *visit);
void service_act(const Step *step, Act act);
/* A service from its beginning: nothing is filled in yet. */
void service_open(const Step *step, const Service *service);
/* This is the visit's service from now on; "": none.  What belongs to the one before is gone. */
void service_choose(const Step *step, const char *id);
/* The same service; home or catalogue are not what they were. */
void service_bind_now(const Step *step);

/* mine.c: "my requests" */
void mine_show(const Step *step);
void mine_look(const Step *step, const ApiRequestLine *line);
/* What it waits for: it is printed, or else looked at. */
void mine_open(const Step *step, const ApiRequestLine *line);
void mine_act(const Step *step, Act act, uint16_t arg);
void mine_take(const Step *step);
/* Home was told anew. */
void mine_home(const Step *step);
void mine_forget(Visit *visit);
void mine_time(const Step *step);
int64_t mine_next_wake(const Visit *visit);
/* What was answered anew came too late. */
void mine_too_late(const Step *step);
void mine_withdraw(const Step *step);

/* form.c: the form and its review */
void form_act(const Step *step, Act act, uint16_t arg);
void form_open(const Step *step, size_t question);
void form_open_last(const Step *step);
/* All that is asked is answered: the review where there is something to look through or to hand in, else the page. */
void form_is_filled(const Step *step);
/* Where a form that was begun goes on: its first question that has no answer, or where the student stood. */
void form_go_on(const Step *step, const char *question);
/* The form is not as it was: the same question, where it is still asked. */
void form_stay_at(const Step *step, const char *question);
/* What is filled in, with what is being typed, as far as it fits: a form in progress has no other answers. */
void form_filled(const Model *model, Answers *ret);
/* There is something of it. */
bool form_is_begun(const Model *model);
/* form_pick.c: a number that is counted, a day of the calendar.  What they take stands in form.typed. */
void form_step_begin(Visit *visit, const Field *field);
void form_step(const Step *step, const Field *field, bool more);
void form_day(const Step *step, unsigned day);
void form_month(const Step *step, FormMonth way);
/* form_written.c: what was typed as the answer's own shape, and back. */
void form_write(const Field *field, const char *typed, char answer[ANSWER_BYTES_MOST]);
void form_unwrite(const Field *field, const char *answer, char typed[ANSWER_BYTES_MOST]);
/* The answer is typed, not chosen. */
bool form_is_typed(const Field *field);
/* The same question, with what was typed, and its keyboard. */
void form_return(const Step *step);
/* The registrar found fault with an answer. */
void form_open_fault(const Step *step, const char *field, FormFault fault);
void review_act(const Step *step, Act act, uint16_t arg);

/* draft.c: what is filled in, kept at the registrar */
void draft_take(const Step *step);
/* Sends what is filled in, unless the registrar has it or is being told. */
void draft_save(const Step *step);
/* The form is left, or the visit ends: what was not sent yet goes now, before what is asked for next. */
void draft_end(const Step *step);
/* Nothing is filled in any more.  What is under way concerns nobody. */
void draft_forget(Visit *visit);
/* The registrar answers: perhaps again. */
void draft_registrar(const Step *step);
/* No answer came: it is taken for not kept. */
void draft_time(const Step *step);
int64_t draft_next_wake(const Visit *visit);
/* Goes on with what was kept of this service. */
void draft_open(const Step *step, const Service *service);
/* As draft_open, of the one that failed. */
void draft_open_again(const Step *step);
/* The student went elsewhere while it was looked up. */
void draft_open_is_over(Visit *visit);
void draft_drop(const Step *step, const char *service);
/* It is no more, whatever home said. */
void draft_forget_line(Visit *visit, const char *service);
/* Home says that there is one. */
bool draft_is_offered(const Visit *visit, const char *service);

/* preview.c */
void preview_act(const Step *step, Act act, uint16_t arg);
void preview_take(const Step *step);
void preview_open(const Step *step);
void preview_ask(const Step *step);
void preview_drop(Visit *visit);

/* issue.c: from "Print" to the printer's first word */
void issue_begin(const Step *step);
void issue_send(const Step *step);
void issue_take(const Step *step);
/* The request that staff returned, with the answers as they are now. */
void answer_send(const Step *step);
/* A paper is to come out for what is asked for. */
bool issue_is_printed(const Model *model);
/* Nothing of the last request stays; a page on its way is given back. */
void issue_forget(const Step *step);
/* Gives back a page that was asked for and not printed.  No effect when there is none. */
void issue_release(const Step *step);

void handed_in_act(const Step *step, Act act);

/* code.c: a QR code as large as the glass has room for it now; drawn anew when the glass is another.  False: there is
 * none, no code holds the address. */
bool code_keep(const Model *model, CodePicture *code, const char *address);
/* As code_keep, one of several on a page. */
bool code_keep_small(const Model *model, CodePicture *code, const char *address);
void code_drop(CodePicture *code);

/* papers.c: photographs of a form's paper, from the student's phone */
void papers_act(const Step *step, Act act, uint16_t arg);
void papers_take(const Step *step);
/* The question's paper: a code for it, or what was photographed. */
void papers_begin(const Step *step, const Field *field);
/* It is brought to the window. */
void papers_at_window(const Step *step, const Field *field);
/* Photographs (NULL: any) are not as they were: they are looked at. */
void papers_changed(const Step *step, const char *id);
/* Nothing of it stays; a code that no phone has used is ended. */
void papers_forget(const Step *step);
/* As papers_forget, where the end of the session ends it. */
void papers_drop(Visit *visit);
void papers_time(const Step *step);
int64_t papers_next_wake(const Visit *visit);

/* visitor.c: a person without an account */
void visitor_take(const Step *step);
/* Asks who they are. */
void visitor_begin(const Step *step);
/* Their session is over although the visit goes on: who they are is asked again.  goes_on: with what is filled in. */
void visitor_again(const Step *step, bool goes_on);
void visitor_send(const Step *step);

/* information.c: what the university tells */
void information_act(const Step *step, Act act, uint16_t arg);
void information_take(const Step *step);
void information_heartbeat(const Step *step);
void information_ask(const Step *step);
/* Nobody stands at the glass: the pages that waited are shown. */
void information_change(Model *model);
/* All topics, or one; from home, or by whoever has begun a visit for it. */
void information_open(const Step *step, uint16_t topic);
/* One page, from elsewhere than the list of pages. */
void information_read(const Step *step, size_t index);
/* Back from signing in to what was read; false: nothing was. */
bool information_return(const Step *step);
/* Signed in, and home is there: on to the service that was asked for on a page. */
void information_go_on(const Step *step);
/* Nothing was read; wanted: nothing is asked for, either. */
void information_forget(Visit *visit, bool wanted);
void information_time(const Step *step);

/* study.c: the record, and who looked at it */
void study_open(const Step *step, uint16_t view);
void looks_open(const Step *step);
void study_act(const Step *step, Act act, uint16_t arg);
void study_take(const Step *step);
/* After a failure: asked for once more, where it was. */
/* The record is another than it was. */
void study_changed(const Step *step);
void study_ask_again(const Step *step, CmdKind command);
/* Back from a service that was opened here; false: it was not. */
bool study_return(const Step *step);
void study_forget(Visit *visit);

/* hall.c: topics, who is called where, whether a person may be called */
void hall_heartbeat(const Step *step);
void hall_ask(const Step *step);
void hall_take(const Step *step);
void hall_time(const Step *step);
int64_t hall_next_wake(const Model *model);
/* An asking beside all else; the command is the caller's to fill. */
Cmd *errand_ask(const Step *step, Errand *errand, CmdKind kind);
/* True once: the message is the answer that it waits for, or the failure of it. */
bool errand_answers(const Step *step, Errand *errand);

/* ticket.c, call.c, slip.c */
/* From this screen; goes back there.  first: the visit began for it. */
void ticket_open(const Step *step, bool first);
/* A ticket (NULL: any) is not as it was: it is looked at. */
void ticket_changed(const Step *step, const char *id);
void ticket_time(const Step *step);
int64_t ticket_next_wake(const Visit *visit);
void ticket_drop(Visit *visit);
void help_open(const Step *step);
void help_changed(const Step *step, const char *id);
void help_time(const Step *step);
int64_t help_next_wake(const Visit *visit);
/* The visit ends: nobody needs to come any more who is not on the way. */
void help_end(const Step *step);
void ticket_act(const Step *step, Act act, uint16_t arg);
void ticket_take(const Step *step);
void call_act(const Step *step, Act act, uint16_t arg);
void call_take(const Step *step);
/* Asks for a slip (CMD_RECEIPT, CMD_TICKET_SLIP); the command is the caller's to fill.  What becomes of it stands in
 * visit.slip; it is printed by itself when it comes.  Where model_offers_slip says so. */
Cmd *slip_ask(const Step *step, CmdKind kind);
void slip_take(const Step *step);
/* How far the printer is with one, of this visit or of an earlier one. */
void slip_told(const Step *step, const MsgPrint *print);
void slip_time(const Step *step);
int64_t slip_next_wake(const Visit *visit);

/* phone.c: the copy on a phone */
/* Instead of paper, from the preview or from a fault of the printer; or beside it, from "take your paper". */
void phone_begin(const Step *step);
/* The document is issued for a phone. */
void phone_issued(const Step *step);
/* The paper is out: its code comes with it when it was wished for. */
void phone_paper_is_out(const Step *step);
void phone_take(const Step *step);
/* A link (NULL: any) is not as it was: it is looked at. */
void phone_changed(const Step *step, const char *link);
void phone_act(const Step *step, Act act);
void phone_text(const Step *step, const char *text);
void phone_key(const Step *step, EditKey key);
/* Nothing of it stays; a code that nobody's digits were typed for is ended, and one that a phone may use is not. */
void phone_forget(const Step *step);
/* As phone_forget, where the end of the session ends it. */
void phone_drop(Visit *visit);
void phone_time(const Step *step);
int64_t phone_next_wake(const Model *model);
/* Its copy was taken or withdrawn: nothing is left to do. */
bool phone_is_over(const PhoneState *phone);
/* A code is shown, or a phone is at it. */
bool phone_is_in_use(const PhoneState *phone);

/* paper.c: what becomes of the paper, and what the registrar is told of it */
void paper_begin(const Step *step, const ApiPrintJob *job, Blob *pdf);
void paper_take(const Step *step);
void paper_stop(const Step *step);
/* Somebody else gave a job this state. */
void paper_changed(const Step *step, const char *job, const char *state);
void paper_leave(const Step *step);
void paper_looked(const Step *step, bool came_out);
/* Told of a job of an earlier life, or of an earlier visit. */
void paper_recovered(const Step *step, const MsgPrint *print);
/* `paper` is settled and nobody's: the next one takes its place. */
void paper_take_next(Model *model);
/* A person took out of the tray whatever lay there. */
void paper_tray_seen(const Step *step);
/* Where the paper is settled and another one is not, that one is followed. */
void paper_make_way(const Step *step);
void printing_act(const Step *step, Act act);
void done_act(const Step *step, Act act);

/* fault.c */
void fault_show(const Step *step, FaultKind kind, CmdKind retry);
/* What a failed command means to the student, where its own flow has no better word. */
void fault_failed(const Step *step, CmdKind command);
void fault_act(const Step *step, Act act);
void fault_printer(const Step *step);
bool fault_is_away(const Visit *visit);
/* The registrar answered a heartbeat. */
void fault_registrar(const Step *step);

#endif
