/* What staff may do with a print job, in each of its states: a table that the page's buttons and every deed go by. */
#include "registrar/office/jobs.h"

#include "test.h"

#define DO(deed) (1u << DEED_##deed)
#define LOOK     (DO(PRINTED) | DO(PARTLY) | DO(NONE_OUT))
#define BEFORE   (DO(CANCEL) | DO(MOVE))

static const JobStanding plain = {
    .making = MAKING_READY, .validity = VALIDITY_VALID, .delivery = DELIVERY_WAITING, .document = DOCUMENT_ISSUED
};

static unsigned deeds_of(JobState state, CopyDelivery delivery)
{
    JobStanding standing = plain;

    standing.state = state;
    standing.delivery = delivery;
    return job_deeds(&standing);
}

static void each_state_has_its_deeds(void **state UNUSED)
{
    assert_int_equal(deeds_of(JOB_WAITING, DELIVERY_WAITING), BEFORE | DO(HOLD) | DO(PAGE));
    assert_int_equal(deeds_of(JOB_HELD, DELIVERY_WAITING), BEFORE | DO(HOLD) | DO(PAGE)); /* of the window, by nobody */
    assert_int_equal(deeds_of(JOB_ASSIGNED, DELIVERY_WAITING), BEFORE | DO(HOLD));
    assert_int_equal(deeds_of(JOB_SENDING, DELIVERY_PRINTING), DO(STOP));
    assert_int_equal(deeds_of(JOB_SENT, DELIVERY_PRINTING), DO(STOP));
    assert_int_equal(deeds_of(JOB_UNKNOWN, DELIVERY_UNKNOWN), LOOK);
    assert_int_equal(deeds_of(JOB_PARTLY, DELIVERY_PARTLY), DO(REPRINT));
    assert_int_equal(deeds_of(JOB_CANCELLED, DELIVERY_CANCELLED), DO(REPRINT));
    assert_int_equal(deeds_of(JOB_ABORTED, DELIVERY_CANCELLED), DO(REPRINT));
    assert_int_equal(deeds_of(JOB_PRINTED, DELIVERY_PRINTED), DO(REPRINT));
    assert_int_equal(deeds_of(JOB_EXPIRED, DELIVERY_CANCELLED), 0);
}

static void what_is_held_is_released_before_it_is_printed(void **state UNUSED)
{
    JobStanding standing = plain;

    standing.state = JOB_HELD;
    standing.held = true;
    assert_int_equal(job_deeds(&standing), BEFORE | DO(RELEASE));
}

static void a_silent_owner_is_followed_and_no_other(void **state UNUSED)
{
    JobStanding standing = plain;

    standing.state = JOB_SENT;
    standing.owner_silent = true;
    assert_int_equal(job_deeds(&standing), DO(TAKE_OVER));
    standing.on_window_page = true;
    assert_int_equal(job_deeds(&standing), LOOK); /* whoever has its page says what came of it */
}

static void what_has_left_is_never_moved(void **state UNUSED)
{
    static const JobState out[] = { JOB_SENDING, JOB_SENT, JOB_UNKNOWN, JOB_PRINTED, JOB_PARTLY, JOB_CANCELLED };

    for (size_t i = 0; i < COUNT(out); i++)
        for (int silent = 0; silent < 2; silent++) {
            JobStanding standing = plain;
            standing.state = out[i];
            standing.owner_silent = silent;
            assert_false(job_deeds(&standing) & (DO(MOVE) | DO(HOLD) | DO(CANCEL) | DO(PAGE)));
        }
}

static void what_is_over_is_left_alone(void **state UNUSED)
{
    for (int job = JOB_WAITING; job <= JOB_EXPIRED; job++) {
        assert_int_equal(deeds_of((JobState)job, DELIVERY_SUPERSEDED), 0);
        assert_int_equal(deeds_of((JobState)job, DELIVERY_COLLECTED), 0);
    }
}

static void a_numbered_form_is_accounted_for_elsewhere(void **state UNUSED)
{
    JobStanding standing = plain;

    standing.state = JOB_HELD;
    standing.on_blank = true;
    assert_false(job_deeds(&standing) & DO(CANCEL));
    standing.state = JOB_PARTLY;
    standing.delivery = DELIVERY_PARTLY;
    assert_int_equal(job_deeds(&standing), 0);
}

static void what_is_not_valid_is_not_printed(void **state UNUSED)
{
    JobStanding standing = plain;

    standing.state = JOB_WAITING;
    standing.validity = VALIDITY_SUSPENDED;
    assert_int_equal(job_deeds(&standing), DO(HOLD) | DO(CANCEL));
    standing.state = JOB_PARTLY;
    standing.delivery = DELIVERY_PARTLY;
    assert_int_equal(job_deeds(&standing), 0);
}

static void what_the_office_printed_is_handed_out(void **state UNUSED)
{
    JobStanding standing = plain;

    standing.state = JOB_PRINTED;
    standing.delivery = DELIVERY_PRINTED;
    standing.printed_at_office = true;
    assert_int_equal(job_deeds(&standing), DO(REPRINT) | DO(HAND_OUT));
    standing.on_blank = true;
    assert_int_equal(job_deeds(&standing), DO(HAND_OUT));
    standing.validity = VALIDITY_REVOKED; /* since it was printed */
    assert_int_equal(job_deeds(&standing), 0);
    standing.validity = VALIDITY_SUSPENDED;
    assert_int_equal(job_deeds(&standing), 0);
}

static void names_are_read_as_they_are_written(void **state UNUSED)
{
    for (int deed = 0; deed < DEED_COUNT; deed++) {
        JobDeed read = DEED_COUNT;
        assert_true(job_deed_parse(str_from(job_deed_name((JobDeed)deed)), &read));
        assert_int_equal(read, deed);
    }
    JobDeed none;
    assert_false(job_deed_parse(STR(""), &none));
    assert_false(job_deed_parse(STR("take-all"), &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_has_its_deeds),
        cmocka_unit_test(what_is_held_is_released_before_it_is_printed),
        cmocka_unit_test(a_silent_owner_is_followed_and_no_other),
        cmocka_unit_test(what_has_left_is_never_moved),
        cmocka_unit_test(what_is_over_is_left_alone),
        cmocka_unit_test(a_numbered_form_is_accounted_for_elsewhere),
        cmocka_unit_test(what_is_not_valid_is_not_printed),
        cmocka_unit_test(what_the_office_printed_is_handed_out),
        cmocka_unit_test(names_are_read_as_they_are_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
