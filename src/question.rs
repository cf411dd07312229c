//! Plain words and the names we know make a question.
