using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddBulkEdits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BulkEdits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Ids = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    What = table.Column<string>(type: "TEXT", maxLength: 80000, nullable: true),
                    LastId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedCount = table.Column<long>(type: "INTEGER", nullable: false),
                    SameCount = table.Column<long>(type: "INTEGER", nullable: false),
                    SkippedCount = table.Column<long>(type: "INTEGER", nullable: false),
                    LastChangeId = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneChangeId = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneCount = table.Column<long>(type: "INTEGER", nullable: false),
                    KeptCount = table.Column<long>(type: "INTEGER", nullable: false),
                    JobId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkEdits", x => x.Id);
                    table.UniqueConstraint("AK_BulkEdits_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_BulkEdits_Ids_Length", "length(\"Ids\") <= 20000");
                    table.CheckConstraint("CK_BulkEdits_Query_Length", "length(\"Query\") <= 4000");
                    table.CheckConstraint("CK_BulkEdits_What_Length", "length(\"What\") <= 80000");
                    table.ForeignKey(
                        name: "FK_BulkEdits_Jobs_TenantId_JobId",
                        columns: x => new { x.TenantId, x.JobId },
                        principalTable: "Jobs",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_BulkEdits_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_BulkEdits_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "BulkEditRows",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BulkEditId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    OfUndo = table.Column<int>(type: "INTEGER", nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkEditRows", x => x.Id);
                    table.UniqueConstraint("AK_BulkEditRows_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_BulkEditRows_Field_Length", "length(\"Field\") <= 80");
                    table.ForeignKey(
                        name: "FK_BulkEditRows_BulkEdits_TenantId_BulkEditId",
                        columns: x => new { x.TenantId, x.BulkEditId },
                        principalTable: "BulkEdits",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_BulkEditRows_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_BulkEditRows_TenantId_BulkEditId_OfUndo_Id",
                table: "BulkEditRows",
                columns: new[] { "TenantId", "BulkEditId", "OfUndo", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BulkEdits_TenantId_JobId",
                table: "BulkEdits",
                columns: new[] { "TenantId", "JobId" });

            migrationBuilder.CreateIndex(
                name: "IX_BulkEdits_TenantId_MemberId_Id",
                table: "BulkEdits",
                columns: new[] { "TenantId", "MemberId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BulkEditRows");

            migrationBuilder.DropTable(
                name: "BulkEdits");
        }
    }
}
