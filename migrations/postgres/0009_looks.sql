-- How the table looks in a view: its columns and the height of its rows. Without one it looks as the user likes it.
alter table saved_views add column look text collate "C";
