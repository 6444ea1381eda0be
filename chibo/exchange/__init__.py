"""Lists in and out: workbooks read, compared, written in one act, taken back; lists given out as workbooks."""
