using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddCaseClocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_TenantId_State_ResolveDueAt_Id",
                table: "Cases");

            migrationBuilder.AddColumn<long>(
                name: "CaseId",
                table: "Notifications",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AnsweredInMinutes",
                table: "Cases",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextDueAt",
                table: "Cases",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ResolvedInMinutes",
                table: "Cases",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WarnAt",
                table: "Cases",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_TenantId_CaseId",
                table: "Notifications",
                columns: new[] { "TenantId", "CaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextDueAt",
                table: "Cases",
                column: "NextDueAt",
                filter: "\"NextDueAt\" IS NOT NULL AND \"EscalatedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_State_NextDueAt_Id",
                table: "Cases",
                columns: new[] { "TenantId", "State", "NextDueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_WarnAt",
                table: "Cases",
                column: "WarnAt",
                filter: "\"WarnAt\" IS NOT NULL AND \"WarnedAt\" IS NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_Notifications_Cases_TenantId_CaseId",
                table: "Notifications",
                columns: new[] { "TenantId", "CaseId" },
                principalTable: "Cases",
                principalColumns: new[] { "TenantId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Notifications_Cases_TenantId_CaseId",
                table: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_TenantId_CaseId",
                table: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Cases_NextDueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_TenantId_State_NextDueAt_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_WarnAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CaseId",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "AnsweredInMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "NextDueAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ResolvedInMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WarnAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_TenantId_State_ResolveDueAt_Id",
                table: "Cases",
                columns: new[] { "TenantId", "State", "ResolveDueAt", "Id" });
        }
    }
}
