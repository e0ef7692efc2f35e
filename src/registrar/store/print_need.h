/* A job's need (print_queue.h) out of its row, as SQL.  Inside store/. */
#ifndef REGISTRAR_STORE_PRINT_NEED_H
#define REGISTRAR_STORE_PRINT_NEED_H

#define NEED_OF(state)                                                                                                 \
    "CASE " state " WHEN 'unknown' THEN 1 WHEN 'partly' THEN 2 WHEN 'aborted' THEN 3"                                  \
    " WHEN 'held' THEN CASE WHEN hold_by IS NULL THEN 6 ELSE 4 END WHEN 'sending' THEN 5 WHEN 'sent' THEN 5"           \
    " WHEN 'waiting' THEN 6 WHEN 'assigned' THEN 6"                                                                    \
    " WHEN 'printed' THEN CASE WHEN held_by = 'window' OR owner LIKE 'printer:%' OR owner = '@window' THEN 7 ELSE 8"   \
    " END ELSE 8 END"

/* Its copy was replaced (9) or collected (8), whatever is still heard of the job. */
#define NEED_OF_COPY                                                                                                   \
    "UPDATE print_job SET need = CASE (SELECT c.delivery FROM copy c WHERE c.institution = ?1 AND c.id = ?2)"          \
    " WHEN 'superseded' THEN 9 ELSE 8 END WHERE institution = ?1 AND copy = ?2 AND EXISTS (SELECT 1 FROM copy c"       \
    " WHERE c.institution = ?1 AND c.id = ?2 AND c.delivery IN ('superseded', 'collected'))"

#endif
