"""What the process that opens a PDF looks for, and the exit statuses by which it says why it did not find it."""

NAME = "submission.json"
NONE_INSIDE, SEVERAL_INSIDE, TOO_LARGE, UNREADABLE = 10, 11, 12, 13
