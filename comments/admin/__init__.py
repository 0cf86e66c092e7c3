from comments.admin.desk import CommentAdmin

__all__ = ["CommentAdmin"]
